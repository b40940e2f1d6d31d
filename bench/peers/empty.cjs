/* The minimum of any handler: it responds and does nothing else. */

exports.CreateItem = async () => ({ statusCode: 201, body: '' });
exports.GetItem = async () => ({ statusCode: 200, body: '' });
