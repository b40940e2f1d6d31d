/* The floor of any handler: it answers and does nothing. */

exports.CreateItem = async () => ({ statusCode: 201, body: '' });
exports.GetItem = async () => ({ statusCode: 200, body: '' });
