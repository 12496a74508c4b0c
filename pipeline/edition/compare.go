package edition

import (
	"tonghop/pipeline/catalogue"
)

// Change is a figure that two editions of a period give differently: another
// number, state, verdict or target, or one that only one of them has.
type Change struct {
	Key
	Old, New *Figure // nil where the edition has no such figure
	Causes   []Cause // at least one
}

// Compare lists what newer gives otherwise than older: in the order of newer's
// figures, then those that only older has. Each change has the causes that the
// editions show; a figure of the city or of a group has those of its units.
// Compare is deterministic, and tells the same changes whichever edition is
// called the newer. The catalogue, the one in force, says of what a derived
// figure is made and who is in a group.
func Compare(older, newer *Edition, cat *catalogue.Catalogue) []Change {
	older, newer = older.under(cat), newer.under(cat)
	var all []Change
	for i := range newer.Figures {
		now := &newer.Figures[i]
		if before := older.Find(now.Key); !same(before, now) {
			all = append(all, Change{Key: now.Key, Old: before, New: now})
		}
	}
	for i := range older.Figures {
		if before := &older.Figures[i]; newer.Find(before.Key) == nil {
			all = append(all, Change{Key: before.Key, Old: before})
		}
	}
	w := newWitness(older, newer, cat, all)
	for i := range all {
		all[i].Causes = w.causes(all[i].Key)
	}
	return all
}

// same leaves out what a report says beside a figure: where it was read, how
// complete it is, whether it is provisional.
func same(a, b *Figure) bool {
	if a == nil || b == nil {
		return a == b
	}
	return equal(a.Value, b.Value) && a.State == b.State && a.Verdict == b.Verdict && SameTarget(a, b)
}

// SameTarget reports whether two figures are judged by the same target, or both
// by none.
func SameTarget(a, b *Figure) bool {
	return a != nil && b != nil && equal(a.Target, b.Target) && a.Comparator == b.Comparator
}

func equal(a, b *Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(b.Number)
}
