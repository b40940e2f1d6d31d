/** The form of a region's name, be it eu-west-1, us-gov-west-1 or eusc-de-east-1, to be part of a longer pattern. */
export const regionForm = '[a-z]{2,4}(?:-[a-z]+)+-\\d';

export const regionPattern = new RegExp(`^${regionForm}$`);
