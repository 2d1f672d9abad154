"""From a set of events to the session they tell of; no database, no clock, no order of arrival."""
