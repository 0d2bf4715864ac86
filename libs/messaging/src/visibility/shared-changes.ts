import { changesBetween, type Changed, type DomainEvent } from '@parley/kernel/events';
import type { VisibilitySettings } from './visibility.js';

/** Events of an object that can be shared. */
export interface SharedEvents<View> {
  created(view: View): DomainEvent;
  updated(view: View, changed: Changed): DomainEvent;
  deleted(view: View): DomainEvent;
}

/**
 * The event of a change of an object that can be shared, or null if it has none: personal objects have
 * no events. `before` is null for a new object, and `after` for a deleted one.
 * @param select the fields that events contain, with their names there.
 */
export function buildSharedEvent<View extends VisibilitySettings>(
  before: View | null,
  after: View | null,
  events: SharedEvents<View>,
  select: (view: View) => object,
): DomainEvent | null {
  const [old, current] = [before, after].map((view) => (view?.visibility === 'personal' ? null : view));
  if (!old) return current ? events.created(current) : null;
  if (!current) return events.deleted(old);
  const changed = changesBetween(select(old), select(current));
  return Object.keys(changed).length === 0 ? null : events.updated(current, changed);
}
