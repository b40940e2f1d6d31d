/** Quota of requests of a client in a period. */
export interface QuotaSettings {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
  /** The first day of the period: of a WEEK (0 is Sunday) or of a MONTH (0 is the first day). */
  readonly offset: number;
}

/** Counts a request. Returns false if the limit of the period is reached. */
export type Quota = () => boolean;

/** Creates the quota of one client. Periods begin at midnight UTC. */
export const createQuota = ({ limit, ...settings }: QuotaSettings, now: () => Date = () => new Date()): Quota => {
  let period = Number.NaN;
  let used = 0;
  return () => {
    const current = periodOf(now(), settings);
    if (current !== period) {
      period = current;
      used = 0;
    }
    if (used >= limit) {
      return false;
    }
    used++;
    return true;
  };
};

/** The greatest offset of a period. AWS rejects any other. */
export const maxOffset: Readonly<Record<QuotaSettings['period'], number>> = { DAY: 0, WEEK: 6, MONTH: 27 };

/** Returns the number of the period that contains a time. */
const periodOf = (time: Date, { period, offset }: Pick<QuotaSettings, 'period' | 'offset'>): number => {
  const day = Math.floor(time.getTime() / millisecondsADay) - offset;
  switch (period) {
    case 'DAY':
      return day;
    case 'WEEK':
      return Math.floor((day + thursday) / 7);
    case 'MONTH': {
      const start = new Date(day * millisecondsADay);
      return start.getUTCFullYear() * 12 + start.getUTCMonth();
    }
  }
};

const millisecondsADay = 24 * 60 * 60 * 1000;

/** Day of the week of 1 January 1970. */
const thursday = 4;
