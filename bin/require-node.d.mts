export declare const tooOld: (version: string) => string | undefined;
