import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '@parley/kernel/testing';
import { simpleParser, type ParsedMail } from 'mailparser';

/** Returns every mail that the server has sent to an address so far, oldest first. */
export async function listMails(address: string): Promise<ParsedMail[]> {
  const folder = process.env.PARLEY_TEST_MAIL!;
  const files = (await readdir(folder)).filter((file) => file.endsWith('.eml'));
  const mails = await Promise.all(files.map(async (file) => simpleParser(await readFile(path.join(folder, file)))));
  const sentTo = ({ to }: ParsedMail): boolean =>
    [to ?? []].flat().some(({ value }) => value.some((item) => item.address?.toLowerCase() === address.toLowerCase()));
  return mails.filter(sentTo).sort((a, b) => Number(a.date) - Number(b.date));
}

/** Waits for a mail to an address that matches, and returns the newest one. */
export function waitForMail(
  address: string,
  predicate: (mail: ParsedMail) => boolean = () => true,
): Promise<ParsedMail> {
  return eventually(async () => (await listMails(address)).filter(predicate).at(-1) ?? null);
}
