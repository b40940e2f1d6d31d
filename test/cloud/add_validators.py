"""
Has the methods of an API hold bodies against their models, as its template says and ministack's CloudFormation does not do.
Arguments: the id of the API and the names of the models. Fails if the stack made validators after all.
"""

import sys

from botocore.session import get_session

OURS = "added-by-test"

api_id, *models = sys.argv[1:]
gateway = get_session().create_client("apigateway")
validators = {validator["name"]: validator["id"] for validator in gateway.get_request_validators(restApiId=api_id)["items"]}
if set(validators) - {OURS}:
    sys.exit("stale difference: ministack makes an AWS::ApiGateway::RequestValidator now, see test/cloud/differences.ts")
validator_id = (
    validators.get(OURS)
    or gateway.create_request_validator(
        restApiId=api_id, name=OURS, validateRequestBody=True, validateRequestParameters=True
    )["id"]
)
for resource in gateway.get_resources(restApiId=api_id, embed=["methods"], limit=500)["items"]:
    for verb, method in resource.get("resourceMethods", {}).items():
        if set(method.get("requestModels", {}).values()) & set(models):
            gateway.update_method(
                restApiId=api_id,
                resourceId=resource["id"],
                httpMethod=verb,
                patchOperations=[{"op": "replace", "path": "/requestValidatorId", "value": validator_id}],
            )
