import { Help, type HelpConfiguration } from 'commander';

/**
 * Help that stays readable in a narrow terminal: commander leaves descriptions of less than 40 columns to the terminal, which breaks
 * words. There they stand below what they describe.
 */
export const narrowHelp: HelpConfiguration = {
  minWidthToWrap: 20,
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    if (width - termWidth >= leastDescription)
      return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
    const lines = description === '' ? [] : helper.boxWrap(description, width - indentation.length).split('\n');
    return [`  ${term}`, ...lines.map((line) => indentation + line)].join('\n');
  },
};

/** Columns beside the terms, with what separates them. */
const leastDescription = 44;

const indentation = ' '.repeat(6);
