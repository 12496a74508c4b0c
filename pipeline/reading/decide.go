package reading

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
)

// decision is the reading that an indicator's type settles.
type decision struct {
	number figure.Number
	// doubt is set where the reading is worth a look: it was grouped the foreign
	// way. other is then the reading passed over, if there is one.
	doubt bool
	other *figure.Number
}

// decide chooses among the readings of digits and separators by the indicator's
// type, or says why it cannot. Bounds take no part: they are checked afterwards,
// and a bound set wrongly must not turn one number into another.
func decide(core string, typ catalogue.ValueType) (decision, *finding.Finding) {
	all := readings(core)
	if len(all) == 0 {
		f := unreadable("")
		return decision{}, &f
	}
	if typ == catalogue.Whole {
		return decideCount(all), nil
	}
	if len(all) > 1 {
		f := ambiguous(all[0].number, all[1].number)
		return decision{}, &f
	}
	return decision{number: all[0].number, doubt: all[0].foreign}, nil
}

// decideCount takes the reading that can count something. Where both can, as
// with 15.000 and 15,000, the one with grouped thousands: nobody writes
// three decimals of a person. The caller refuses what is not whole.
func decideCount(all []written) decision {
	chosen := 0
	for i, w := range all {
		if !w.number.IsWhole() {
			continue
		}
		if first := all[chosen].number; !first.IsWhole() || w.number.Cmp(first) > 0 {
			chosen = i
		}
	}
	d := decision{number: all[chosen].number, doubt: all[chosen].foreign}
	if d.doubt && len(all) > 1 {
		d.other = &all[1-chosen].number
	}
	return d
}
