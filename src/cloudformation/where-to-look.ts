/** Part of the messages that refuse something: where to read what the twin does not do. */
export const whereToLook = 'see "Known differences" in docs/twin.md';
