package edition_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/edition"
)

// base is an edition as text: figures by indicator, unit, group or "city", and
// span; reports by month and unit, with their bytes and the decisions that stand
// in them. A later line about the same takes an earlier one's place, and "gone"
// removes it.
//
// U-1 and U-2 are Cụm 1; TL_NU is 100 * LD_NU / LD; U-4 ended and has no figures.
const base = `
LD    city  month        100
LD    Cụm_1 month        60
LD    U-1   month        40
LD    U-2   month        20
LD    U-3   month        40
LD_NU city  month        50
LD_NU U-1   month        20
TL_NU city  month        50
TL_NU U-1   month        50
LD    city  year_to_date 300 behind >=1200
LD    Cụm_1 year_to_date 200
LD    U-1   year_to_date 100
LD    U-2   year_to_date 100
LD    U-3   year_to_date 100
HO    U-1   month        7
on 2025-05 U-1 a5
on 2025-05 U-2 b5
on 2025-05 U-3 c5
on 2025-05 U-4 d5
on 2025-06 U-1 a6
on 2025-06 U-2 b6
on 2025-06 U-3 c6
`

// read makes an edition of base and further lines.
func read(t testing.TB, lines string) *edition.Edition {
	t.Helper()
	return readIn(t, lines, func([]map[string]any) {})
}

// readIn makes it with figures and reports in another order.
func readIn(t testing.TB, lines string, reorder func([]map[string]any)) *edition.Edition {
	t.Helper()
	data, err := json.Marshal(document(lines, reorder))
	if err != nil {
		t.Fatal(err)
	}
	e, err := edition.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func document(lines string, reorder func([]map[string]any)) map[string]any {
	doc := map[string]any{"schema": edition.Schema, "period": "2025-06", "catalogue": map[string]string{"sha256": "c1"}}
	figures, basis := map[string]map[string]any{}, map[string]map[string]any{}
	for line := range strings.Lines(base + lines) {
		w := strings.Fields(line)
		switch {
		case len(w) == 0:
		case w[0] == "catalogue":
			doc["catalogue"] = map[string]string{"sha256": w[1]}
		case w[0] == "unlisted":
			basis = nil
		case w[0] == "on" && w[3] == "gone":
			delete(basis, w[1]+w[2])
		case w[0] == "on":
			basis[w[1]+w[2]] = basisOf(w)
		case w[3] == "gone":
			delete(figures, strings.Join(w[:3], " "))
		default:
			figures[strings.Join(w[:3], " ")] = figureOf(w)
		}
	}
	list := func(all map[string]map[string]any) []map[string]any {
		listed := sorted(all)
		reorder(listed)
		return listed
	}
	doc["figures"] = list(figures)
	if basis != nil {
		doc["rests_on"] = list(basis)
	}
	return doc
}

func basisOf(w []string) map[string]any {
	b := map[string]any{"period": w[1], "unit": w[2]}
	if w[3] != "paper" {
		b["sha256"], b["file"] = w[3], w[3]+".xlsx"
	}
	var applied []map[string]string
	for _, d := range w[4:] {
		id, indicator, _ := strings.Cut(d, ":")
		applied = append(applied, map[string]string{"id": id, "indicator": indicator})
	}
	b["decisions"] = applied
	return b
}

func figureOf(w []string) map[string]any {
	f := map[string]any{"indicator": w[0], "span": w[2], "state": "known", "value": w[3]}
	switch {
	case strings.HasPrefix(w[1], "U-"):
		f["unit"] = w[1]
	case w[1] != "city":
		f["group"] = strings.ReplaceAll(w[1], "_", " ")
	}
	if strings.ContainsAny(w[3][:1], "abcdefghijklmnopqrstuvwxyz") {
		f["state"] = w[3]
		delete(f, "value")
	}
	for _, more := range w[4:] {
		if target, ok := strings.CutPrefix(more, ">="); ok {
			f["target"], f["comparator"] = target, ">="
		} else {
			f["verdict"] = more
		}
	}
	return f
}

func sorted(all map[string]map[string]any) []map[string]any {
	list := make([]map[string]any, 0, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[key])
	}
	return list
}

// told is a change as one line: "LD city month 100 -> 130: late U-3 2025-06 c6.xlsx".
func told(c edition.Change) string {
	who := c.Unit + c.Group
	if c.IsCity() {
		who = "city"
	}
	side := func(f *edition.Figure) string {
		if f == nil {
			return "nothing"
		}
		text := f.State
		if n, ok := f.Number(); ok {
			text = n.String()
		}
		if f.Verdict != "" {
			text += " " + f.Verdict
		}
		return text
	}
	var causes []string
	for _, one := range c.Causes {
		causes = append(causes, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s %s", one.Why, one.Unit, one.Month, one.File, one.Decision)), " "))
	}
	return fmt.Sprintf("%s %s %s %s -> %s: %s", c.Indicator, strings.ReplaceAll(who, " ", "_"), c.Span, side(c.Old), side(c.New), strings.Join(causes, ", "))
}

func allTold(changes []edition.Change) []string {
	lines := make([]string, len(changes))
	for i, c := range changes {
		lines[i] = told(c)
	}
	slices.Sort(lines)
	return lines
}
