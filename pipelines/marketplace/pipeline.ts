import type { PipelineModule } from '../../public/index.ts';
import { analyticsData } from '../../transforms/marketplace/analytics/analytics-data.ts';
import { analyticsSnapshots } from '../../transforms/marketplace/analytics/analytics-snapshots.ts';
import { items } from '../../transforms/marketplace/catalog/items.ts';
import { listings } from '../../transforms/marketplace/catalog/listings.ts';
import { marketResearchData } from '../../transforms/marketplace/catalog/market-research-data.ts';
import { conversations } from '../../transforms/marketplace/people/conversations.ts';
import { messages } from '../../transforms/marketplace/people/messages.ts';
import { users } from '../../transforms/marketplace/people/users.ts';
import { orders } from '../../transforms/marketplace/sales/orders.ts';
import { shipments } from '../../transforms/marketplace/sales/shipments.ts';
import { source } from '../../transforms/marketplace/source/contract.ts';
import { objectDecisions } from './objects.ts';
import { relations } from './relations.ts';
import { target } from './target.ts';

/** The database of a marketplace assistant, from Prisma's schema into the schema of the SQLAlchemy models. */
const marketplace: PipelineModule = {
  name: 'marketplace',
  title: "A marketplace's Prisma schema into the tables of its SQLAlchemy models",
  source: { dialect: 'postgres', contract: source },
  target: {
    schema: 'marketplace',
    contract: target,
    migrations: 'pipelines/marketplace/schema',
    loadVersion: 1,
    finalVersion: 3,
    unmapped: {},
  },
  mappings: [
    users,
    items,
    listings,
    marketResearchData,
    orders,
    shipments,
    analyticsData,
    analyticsSnapshots,
    conversations,
    messages,
  ],
  relations,
  objects: objectDecisions,
  policies: { 'no-iso-form': 'The moment cannot be written in the form of ISO 8601.' },
  params: {},
  tenantParam: null,
  seed: () => ({}),
};

export default marketplace;
