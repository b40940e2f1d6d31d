import { invalidProperty } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';
import { dashboardBodyFaults } from './parts/dashboard-body.ts';

type Properties = { readonly DashboardName?: string; readonly DashboardBody: string };

/** A dashboard. Its body is validated as PutDashboard does. The twin does not display it. */
export const cloudWatchDashboard: ResourceType<Properties> = {
  type: 'AWS::CloudWatch::Dashboard',
  schema: object(
    {
      DashboardBody: string,
      DashboardName: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,255}$' },
      Tags: tagsSchema,
    },
    ['DashboardBody'],
  ),
  check: ({ DashboardBody: body }) =>
    dashboardBodyFaults(body).map((message) => invalidProperty('DashboardBody', `is invalid: ${message}`)),
  start: (properties, context) => {
    const { dashboards } = context.services.cloudwatch;
    const name = properties.DashboardName ?? generatedName(context, 255);
    if (dashboards.has(name))
      throw invalidProperty('DashboardName', `is ${name}, the name of another dashboard; choose another name`);
    dashboards.add(name);
    return { ref: name, stop: () => void dashboards.delete(name) };
  },
};
