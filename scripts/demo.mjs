import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTarget } from './target.mjs';

/**
 * Shows what Parley does, with requests to a running server: a rule and a webhook react to a customer's message. Prints
 * each request and its result, and deletes the rule and the webhook at the end.
 *
 * `npm run demo` after `PARLEY_ALLOW_NETWORKS=127.0.0.0/8 npm start`, which lets webhooks reach this machine.
 */
const WAIT_MS = 15_000;

async function call({ url, key }, method, route, body) {
  const response = await fetch(url + route, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const result = response.status === 204 ? null : await response.json();
  if (response.ok) return result?.data;
  throw new Error(
    `${method} ${route}: ${response.status} ${JSON.stringify(result.error.details)} ${result.error.message}`,
  );
}

/** Calls `read` until it returns something. */
async function waitFor(what, read) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(100)) {
    const found = await read();
    if (found) return found;
  }
  throw new Error(`${what}: nothing after ${WAIT_MS / 1000} s`);
}

function print(title, ...lines) {
  console.log([`\n${title}`, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** Receives webhooks and checks their signatures. */
async function startReceiver(secret, received) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = request.headers;
    const expected = `v1,${createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64')}`;
    const isSigned =
      expected.length === signature?.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
    received.push({ type: JSON.parse(body).type, isSigned });
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function run(target, cleanUp) {
  const request = (...args) => call(target, ...args);
  const me = await request('GET', '/v1/me');
  print(`Connected to ${target.url}`, `workspace ${me.workspace.name}`);

  const existing = await request('GET', '/v1/teams?limit=100');
  const team =
    existing.find(({ name }) => name === 'Billing') ?? (await request('POST', '/v1/teams', { name: 'Billing' }));
  const rule = await request('POST', '/v1/automations', {
    name: 'Invoices',
    events: ['message.created'],
    filter: { all: [{ field: 'message.body', operator: 'contains', value: 'invoice' }] },
    actions: [
      { type: 'add_tags', tags: ['billing'] },
      { type: 'assign_team', team_id: team.id },
      { type: 'set_priority', priority: 'high' },
      { type: 'add_note', body: 'Hello {{contact.name}}' },
    ],
  });
  cleanUp.push(() => request('DELETE', `/v1/automations/${rule.id}`));
  print('POST /v1/automations', `"Invoices": messages with the word invoice get a tag, a team, a priority and a note`);

  const received = [];
  const secret = 'secret-of-the-demo';
  const receiver = await startReceiver(secret, received);
  cleanUp.push(() => receiver.close());
  const url = `http://127.0.0.1:${receiver.address().port}/`;
  const webhook = await request('POST', '/v1/webhooks', { url, events: ['conversation.*', 'message.*'], secret }).catch(
    (error) =>
      print(
        'POST /v1/webhooks was rejected',
        error.message,
        'Restart with PARLEY_ALLOW_NETWORKS=127.0.0.0/8 npm start',
      ),
  );
  if (webhook) {
    cleanUp.push(() => request('DELETE', `/v1/webhooks/${webhook.id}`));
    print('POST /v1/webhooks', `events conversation.* and message.* to ${url}`);
  }

  const { id } = await request('POST', '/v1/conversations', {
    subject: 'Missing invoice',
    contact: { email: 'john@example.com', name: 'John Doe' },
    message: { body: 'Where is my invoice?' },
  });
  const [ruleRun] = await waitFor('The rule', async () => {
    const runs = await request('GET', `/v1/automations/${rule.id}/runs`);
    return runs.length > 0 && runs;
  });
  const conversation = await request('GET', `/v1/conversations/${id}`);
  const messages = await request('GET', `/v1/conversations/${id}/messages`);
  print(
    `POST /v1/conversations created #${conversation.number}; the rule ${ruleRun.outcome}`,
    `tags      ${conversation.tags.join(', ')}`,
    `team      ${conversation.team?.name}`,
    `priority  ${conversation.priority}`,
    ...messages.map(({ type, author, body }) => `${type.padEnd(9)} ${author.name}: ${body}`),
  );

  if (webhook) {
    await waitFor('The webhook', () => received.some(({ type }) => type === 'message.created'));
    print(
      'Webhooks received',
      ...received.map(
        ({ type, isSigned }) => `${type.padEnd(30)} ${isSigned ? 'signature valid' : 'SIGNATURE INVALID'}`,
      ),
    );
  }
  const hits = await request('GET', '/v1/search?q=invoice&type=conversation&limit=3');
  print('GET /v1/search?q=invoice', ...hits.conversations.map(({ number, subject }) => `#${number} ${subject}`));
  print(`Look around: ${target.url}/docs`);
}

const cleanUp = [];
try {
  await run(readTarget('demo'), cleanUp);
} catch (error) {
  console.error(error.cause?.code === 'ECONNREFUSED' ? 'The server does not run. Start it: npm start' : error.message);
  process.exitCode = 1;
} finally {
  for (const step of cleanUp.reverse()) await Promise.resolve(step()).catch((error) => console.error(error.message));
}
