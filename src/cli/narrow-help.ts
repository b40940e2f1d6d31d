import { Help, type HelpConfiguration } from 'commander';

/**
 * Help that remains readable in a narrow terminal. commander does not wrap descriptions with less than 40 columns, so the
 * terminal breaks words. Here such descriptions are placed below their terms.
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

/** Minimum number of columns beside the terms, including the space between them. */
const leastDescription = 44;

const indentation = ' '.repeat(6);
