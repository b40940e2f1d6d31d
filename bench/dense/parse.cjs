/** The least that a function can do with JSON: parse it. */
exports.parse = async ({ body }) => {
  JSON.parse(body);
  return { statusCode: 200 };
};
