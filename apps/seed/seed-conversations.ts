import type { SeedClient } from './seed-client.js';
import type { Topic } from './topic.js';
import { LANGUAGES, type Language } from './workspace-content.js';

export const CONVERSATION_COUNT = 60;
const FIRST_ORDER = 4701;
const PRIORITIES = ['normal', 'low', 'normal', 'high'];
/** Paths that change the status, by the number of the conversation; null leaves it open. */
const STATUS_CHANGES = [null, 'resolve', null, 'snooze', 'close', null, 'resolve'];

/** An agent who can write messages. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  /** Resolves to a client with a session of the agent. */
  readonly client: () => Promise<SeedClient>;
}

/** What conversations refer to. */
export interface ConversationParties {
  readonly admin: SeedClient;
  readonly agents: readonly Agent[];
  readonly inboxIds: readonly string[];
}

/** Identifier of a seeded contact. */
export function contactIdentifier(language: Language, index: number): string {
  return `seed-contact-${language.code}-${index + 1}`;
}

/** Creates the conversations that do not exist. Resolves to their number. */
export async function seedConversations(parties: ConversationParties): Promise<number> {
  let created = 0;
  for (let index = 0; index < CONVERSATION_COUNT; index += 1) if (await seedConversation(parties, index)) created += 1;
  return created;
}

async function seedConversation({ admin, agents, inboxIds }: ConversationParties, index: number): Promise<boolean> {
  const language = LANGUAGES[index % LANGUAGES.length]!;
  const round = Math.floor(index / LANGUAGES.length);
  const texts = fillIn(language.topics[round % language.topics.length]!, String(FIRST_ORDER + index));
  // Every fifth conversation waits for an agent.
  const agent = index % 5 === 4 ? null : agents[index % agents.length]!;
  const externalId = `seed-conversation-${String(index + 1).padStart(2, '0')}`;
  const conversation = await admin.postUnlessPresent('/conversations', {
    external_id: externalId,
    subject: texts.subject,
    contact: { identifier: contactIdentifier(language, round % language.contacts.length) },
    inbox_id: inboxIds[index % inboxIds.length],
    priority: PRIORITIES[index % PRIORITIES.length],
    tags: [...texts.tags, language.code],
    assignee_id: agent?.id ?? null,
    message: { body: texts.question },
  });
  if (!conversation) return false;
  if (agent) {
    const mentioned = agents[(index + 1) % agents.length]!;
    await discuss({ admin, agent: await agent.client(), mentioned }, conversation.id, { externalId, index, texts });
  }
  return true;
}

interface Discussion {
  readonly externalId: string;
  readonly index: number;
  readonly texts: Topic;
}

async function discuss(
  { admin, agent, mentioned }: { admin: SeedClient; agent: SeedClient; mentioned: Agent },
  conversationId: string,
  { externalId, index, texts }: Discussion,
): Promise<void> {
  const path = `/conversations/${conversationId}`;
  if (index % 3 === 0)
    await agent.post('/conversation-notes', {
      conversation_id: conversationId,
      body: `@[${mentioned.name}](${mentioned.id}) ${texts.note}`,
    });
  await agent.post(`${path}/messages`, { type: 'reply', body: texts.answer, external_id: `${externalId}-answer` });
  if (index % 4 !== 3)
    await admin.post(`${path}/messages`, {
      type: 'comment',
      body: texts.followUp,
      external_id: `${externalId}-follow-up`,
    });
  const change = STATUS_CHANGES[index % STATUS_CHANGES.length];
  if (change) await agent.post(`${path}/${change}`);
}

function fillIn(topic: Topic, order: string): Topic {
  const fill = (text: string): string => text.replaceAll('{order}', order);
  return { ...topic, subject: fill(topic.subject), question: fill(topic.question), answer: fill(topic.answer) };
}
