package simulation_test

import (
	"math/big"
	"testing"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/validate"
)

// signed is a month as it was consolidated, and what was known then.
type signed struct {
	month   period.Month
	hand    byHand
	edition *edition.Edition
}

// reconcile holds a later month against the signed one. What is to be adjusted is
// what the signed months add up to now, less what they added up to when signed.
func (s signed) reconcile(t *testing.T, o office, checked *validate.Checked, now signed) {
	t.Helper()
	var between []*edition.Edition
	for m := s.month.Add(1); m.Before(now.month); m = m.Add(1) {
		between = append(between, editionOf(t, figures(t, o.month(checked, m), checked, now.edition.AsOf)))
	}
	given := map[edition.Key]edition.Adjustment{}
	for _, a := range edition.Reconcile(s.edition, between, now.edition, o.city.catalogue) {
		given[edition.Key{Indicator: a.Indicator, Span: a.Span}] = a
	}
	for _, ind := range o.city.catalogue.Indicators {
		for _, kind := range []period.SpanKind{period.YearToDate, period.PlanToDate} {
			k := edition.Key{Indicator: ind.Code, Span: kind}
			a, adjusted := given[k]
			delete(given, k)
			before, after := s.hand.span(kind, s.month), now.hand.span(kind, now.month)
			if !additive(ind) || before.from != after.from || now.edition.Find(k) == nil {
				if adjusted {
					t.Errorf("%s against %s: %s %s is no longer the same sum, and adjusted by %s", now.month, s.month, ind.Code, kind, a.Amount)
				}
				continue
			}
			want, known := s.difference(ind.Code, "", before, after, now.hand)
			if !known {
				if adjusted {
					t.Errorf("%s against %s: %s %s adjusted by %s, by hand by nothing", now.month, s.month, ind.Code, kind, a.Amount)
				}
				continue
			}
			if want.Sign() == 0 && !adjusted { // what units add may cancel out, and is told all the same
				continue
			}
			if !adjusted {
				t.Errorf("%s against %s: %s %s not adjusted, by hand by %s", now.month, s.month, ind.Code, kind, want.RatString())
				continue
			}
			s.check(t, a, want, before, now)
		}
	}
	for k := range given {
		t.Errorf("%s against %s: %v adjusted", now.month, s.month, k)
	}
}

// remade holds the signed month as it would be made now against what was signed:
// whatever differs is laid to something that came, or was decided, since.
func (s signed) remade(t *testing.T, o office, checked *validate.Checked, now signed) {
	t.Helper()
	again := editionOf(t, figures(t, o.month(checked, s.month), checked, now.edition.AsOf))
	for _, c := range edition.Compare(s.edition, again, o.city.catalogue) {
		for _, why := range c.Causes {
			if why.Why == edition.Definition || why.Why == edition.Program || why.Why == edition.Unlisted || why.Month.After(s.month) {
				t.Errorf("%s as of %s: %+v changed from %+v to %+v: %+v", s.month, now.month, c.Key, c.Old, c.New, c.Causes)
			}
		}
	}
}

// difference is what the signed months add up to now less what they did, for the
// city or a unit; false where nothing was signed or nothing is said now.
func (s signed) difference(code, of string, before, after span, now byHand) (*big.Rat, bool) {
	units := now.city.units
	if of != "" {
		units = nil
		for _, u := range now.city.units {
			if u.id == of {
				units = []unit{u}
			}
		}
	}
	then, _ := s.hand.figure(code, units, before, of == "")
	if said, _ := now.figure(code, units, after, of == ""); of == "" && (then == nil || said == nil) {
		return nil, false
	}
	today, _ := now.figure(code, units, before, of == "")
	d := new(big.Rat)
	if today != nil {
		d.Set(today)
	}
	if then != nil {
		d.Sub(d, then)
	}
	return d, true
}

// check holds an adjustment, its parts and their causes against what is known.
func (s signed) check(t *testing.T, a edition.Adjustment, want *big.Rat, before span, now signed) {
	t.Helper()
	complain := func(what string, args ...any) {
		t.Helper()
		t.Errorf("%s against %s: %s %s adjusted by %s: "+what, append([]any{now.month, s.month, a.Indicator, a.Span, a.Amount}, args...)...)
	}
	if !equal(a.Amount.String(), want) {
		complain("by hand %s", want.RatString())
	}
	if !a.Signed.Add(a.Since).Add(a.Amount).Equal(a.Now) {
		complain("%s signed and %s since are not %s", a.Signed, a.Since, a.Now)
	}
	rest := a.Amount
	for i, part := range a.Parts {
		rest = rest.Sub(part.Amount)
		if len(part.Causes) == 0 {
			complain("%s's part has no cause", part.Unit)
		}
		for _, c := range part.Causes {
			if c.Why == edition.Definition || c.Why == edition.Program || c.Why == edition.Unlisted {
				complain("%s's part is laid to %s, and neither definitions nor program changed", part.Unit, c.Why)
			}
			// Whether a month is anybody's hangs on all units about the adoption.
			if early := !c.Month.After(now.hand.city.first); part.Unit != "" && c.Unit != part.Unit && !early {
				complain("%s's part is laid to %s", part.Unit, c.Unit)
			}
			if c.Month.After(s.month) {
				complain("%s's part is laid to %s, which was not signed", part.Unit, c.Month)
			}
		}
		if part.Unit == "" {
			if i < len(a.Parts)-1 {
				complain("what is nobody's does not stand last")
			}
			continue
		}
		if own, _ := s.difference(a.Indicator, part.Unit, before, before, now.hand); !equal(part.Amount.String(), own) {
			complain("%s's part is %s, by hand %s", part.Unit, part.Amount, own.RatString())
		}
	}
	if !rest.IsZero() {
		complain("its parts leave %s", rest)
	}
}

func equal(decimal string, n *big.Rat) bool {
	r, ok := new(big.Rat).SetString(decimal)
	return ok && r.Cmp(n) == 0
}
