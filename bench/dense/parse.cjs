/** Parses JSON, which is the minimum for a function that reads JSON. */
exports.parse = async ({ body }) => {
  JSON.parse(body);
  return { statusCode: 200 };
};
