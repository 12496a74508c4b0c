package xlsx

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
)

// definitions draws what every indicator means, and the names by which other
// workbooks are linked to the city's figures of it.
func (d *drawing) definitions() {
	t := d.open(d.book.Add(sheetDefinitions), d.say.Say("xlsx.definitions"), d.say.Say("xlsx.definitions_note"), "",
		[]float64{d.widestCode(), 12, 42, 44, 10, 22, 30, 18, 24, 40, 28})
	t.head(d.heads("code", "programme", "indicator", "definition", "measure", "nature", "formula", "due", "target", "assumption", "names"))
	for _, p := range d.s.Catalogue.Programmes {
		for _, i := range d.s.Catalogue.Indicators {
			if i.Programme == p.Code {
				d.definition(t, i)
			}
		}
	}
	if t.row == headRow+1 {
		t.none(d.words.none)
	}
	d.listAs(tableDefinitions, t, 3)
}

func (d *drawing) definition(t *table, i *catalogue.Indicator) {
	nature, formula, assumption := "", "", i.AssumptionVI
	if assumption != "" && !i.Confirmed {
		assumption = d.say.Say("xlsx.unconfirmed", "text", assumption)
	}
	if i.Nature != "" {
		nature = d.say.Nature(i.Nature)
	}
	if i.Formula != nil {
		formula = i.Formula.String()
	}
	t.line([]string{
		i.Code, i.Programme, d.names[i.Code], i.DefinitionVI, i.Measure, nature, formula, d.due(i),
		strings.Join(d.targetsOf(i), "\n"), assumption, strings.Join(d.defined[i.Code], "\n"),
	})
	t.row++
}

// due says in which months an indicator is asked.
func (d *drawing) due(i *catalogue.Indicator) string {
	if len(i.Due) == 0 {
		return d.say.Say("xlsx.due")
	}
	key := "xlsx.due_months"
	var months []string
	for _, due := range i.Due {
		months = append(months, strconv.Itoa(due.Month))
		if due.Previous {
			key = "xlsx.due_previous"
		}
	}
	return d.say.Say(key, "months", strings.Join(months, ", "))
}

// targetsOf are the city's targets by which this report judges an indicator.
func (d *drawing) targetsOf(i *catalogue.Indicator) []string {
	var all []string
	for _, span := range d.s.Spans {
		f := d.figure(i.Code, span.Kind, "")
		if f == nil || f.Judgment == nil {
			continue
		}
		t := f.Judgment.Target
		text := d.say.Say("xlsx.target", "comparator", d.say.Comparator(t.Comparator), "value", t.Value, "measure", i.Measure, "horizon", d.horizon(f.Judgment))
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}
