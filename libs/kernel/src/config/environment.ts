import { readSettings, type Settings } from './settings.js';

/** The settings of this process, from its environment. */
export function settingsFromEnvironment(): Settings {
  return readSettings(process.env);
}
