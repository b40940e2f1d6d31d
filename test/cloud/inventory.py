"""Prints as JSON every resource that this cloud has in the services that the template uses, by kind and name."""

import json
from collections.abc import Iterator

from botocore.session import get_session

# Service, operation, the list in its answer and what names a member; with it what the operation has to be told.
LISTS = [
    ("apigateway", "get_domain_names", "items", "domainName", {}),
    ("apigateway", "get_rest_apis", "items", "name", {}),
    ("apigateway", "get_api_keys", "items", "name", {}),
    ("apigateway", "get_usage_plans", "items", "name", {}),
    ("cloudformation", "describe_stacks", "Stacks", "StackName", {}),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName", {}),
    ("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName", {}),
    ("dynamodb", "list_tables", "TableNames", None, {}),
    ("ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId", {}),
    ("ec2", "describe_network_acls", "NetworkAcls", "NetworkAclId", {}),
    ("ec2", "describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId", {}),
    ("ec2", "describe_route_tables", "RouteTables", "RouteTableId", {}),
    ("ec2", "describe_security_groups", "SecurityGroups", "GroupId", {}),
    ("ec2", "describe_subnets", "Subnets", "SubnetId", {}),
    ("ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId", {}),
    ("ec2", "describe_vpcs", "Vpcs", "VpcId", {}),
    ("iam", "list_policies", "Policies", "PolicyName", {"Scope": "Local"}),
    ("iam", "list_roles", "Roles", "RoleName", {}),
    ("lambda", "list_functions", "Functions", "FunctionName", {}),
    ("logs", "describe_log_groups", "logGroups", "logGroupName", {}),
    ("logs", "describe_metric_filters", "metricFilters", "filterName", {}),
    ("s3", "list_buckets", "Buckets", "Name", {}),
    ("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn", {}),
    ("sns", "list_topics", "Topics", "TopicArn", {}),
    ("wafv2", "list_web_acls", "WebACLs", "Name", {"Scope": "REGIONAL"}),
]

session = get_session()
clients = {service: session.create_client(service) for service in {entry[0] for entry in LISTS}}


def resources() -> Iterator[str]:
    for service, operation, members, name, arguments in LISTS:
        client = clients[service]
        pages = client.get_paginator(operation).paginate(**arguments) if client.can_paginate(operation) else None
        for page in pages or [getattr(client, operation)(**arguments)]:
            for member in page[members]:
                yield f"{service} {members} {member if name is None else member[name]}"
    role = clients["apigateway"].get_account().get("cloudwatchRoleArn")
    if role:
        yield f"apigateway account {role}"


print(json.dumps(sorted(resources())))
