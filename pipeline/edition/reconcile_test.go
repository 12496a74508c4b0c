package edition_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary/summarytest"
)

// monthOf is an edition of a month from lines as of base; "opened" says through
// which month an opening stands for the figures of an indicator.
func monthOf(t *testing.T, name, lines string) *edition.Edition {
	t.Helper()
	doc := map[string]any{"schema": edition.Schema, "period": name, "catalogue": map[string]string{"sha256": "c1"}}
	figures, basis, opened := []map[string]any{}, []map[string]any{}, map[string]string{}
	for line := range strings.Lines(lines) {
		switch w := strings.Fields(line); w[0] {
		case "catalogue":
			doc["catalogue"] = map[string]string{"sha256": w[1]}
		case "opened":
			opened[w[1]] = w[2]
		case "on":
			basis = append(basis, basisOf(w))
		default:
			figures = append(figures, figureOf(w))
		}
	}
	for _, f := range figures {
		if through, ok := opened[f["indicator"].(string)]; ok && f["span"] != "month" {
			f["opening_through"] = through
		}
	}
	doc["figures"], doc["rests_on"] = figures, basis
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	e, err := edition.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// reconciled writes an adjustment: "LD year_to_date 300 + 100 + 5 = 405; U-1 5: late U-1 2025-04 a.xlsx".
func reconciled(a edition.Adjustment) string {
	text := fmt.Sprintf("%s %s %s + %s + %s = %s", a.Indicator, a.Span, a.Signed, a.Since, a.Amount, a.Now)
	for _, p := range a.Parts {
		text += strings.TrimRight(fmt.Sprintf("; %s %s:", p.Unit, p.Amount), " ")
		for _, c := range p.Causes {
			text += strings.TrimRight(fmt.Sprintf(" %s %s %s %s", c.Why, c.Unit, c.Month, c.File), " ")
			if c.Decision != "" {
				text += " " + c.Decision
			}
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

func TestReconcile(t *testing.T) {
	cat := *summarytest.Catalogue(t)
	may := period.Month{Year: 2025, Number: 5}
	cat.Targets = []*catalogue.Target{ // a plan ends in May, and the next begins
		{Indicator: "HO", Horizon: catalogue.HorizonPlan, From: may.Add(-59), To: may},
		{Indicator: "HO", Horizon: catalogue.HorizonPlan, From: may.Add(1), To: may.Add(60)},
	}
	cat.Openings = []catalogue.Opening{
		{Indicator: "HO", Span: catalogue.OpeningYear, Through: may.Add(-2), Value: figure.Int(100)},
		{Indicator: "VU", Unit: "U-1", Span: catalogue.OpeningYear, Through: may.Add(-2), Value: figure.Int(100)},
	}
	for name, c := range map[string]struct {
		signed, now string
		want        []string
	}{
		"a late report": {
			"LD city year_to_date 300\nLD U-1 year_to_date 200\nLD U-2 year_to_date 100\non 2025-05 U-1 a5",
			"LD city month 50\nLD city year_to_date 357\nLD U-1 year_to_date 200\nLD U-2 month 50\nLD U-2 year_to_date 157\non 2025-05 U-1 a5\non 2025-05 U-2 b5\non 2025-06 U-2 b6",
			[]string{"LD year_to_date 300 + 50 + 7 = 357; U-2 7: late U-2 2025-05 b5.xlsx"},
		},
		"a corrected part, with which its whole counts again": {
			"LD city year_to_date 0\nLD U-1 year_to_date 0\non 2025-05 U-1 a5",
			"LD city year_to_date 40\nLD U-1 year_to_date 40\non 2025-05 U-1 a5 QD-1:LD_NU QD-2:HO",
			[]string{"LD year_to_date 0 + 0 + 40 = 40; U-1 40: decided U-1 2025-05 a5.xlsx QD-1"},
		},
		"nothing of a plan that is over": {
			"HO city plan_to_date 900\nHO U-1 plan_to_date 900\non 2025-05 U-1 a5",
			"HO city month 7\nHO city plan_to_date 7\nHO U-1 month 7\nHO U-1 plan_to_date 7\non 2025-05 U-1 a5\non 2025-06 U-1 a6",
			nil,
		},
		"an import of a month for which the city's opening stands changes nothing": {
			"opened HO 2025-03\nHO city year_to_date 130\nHO U-1 year_to_date 30\nHO U-2 year_to_date 0\non 2025-05 U-1 a5",
			"opened HO 2025-03\nHO city year_to_date 135\nHO U-1 year_to_date 30\nHO U-2 year_to_date 25\non 2025-02 U-2 b2\non 2025-05 U-1 a5\non 2025-05 U-2 b5",
			[]string{"HO year_to_date 130 + 0 + 5 = 135; U-2 25: late U-2 2025-02 b2.xlsx late U-2 2025-05 b5.xlsx; -20: late U-2 2025-02 b2.xlsx"},
		},
		"and is no part of what others change": {
			"opened HO 2025-03\nHO city year_to_date 130\nHO U-1 year_to_date 30\nHO U-2 year_to_date 0\non 2025-05 U-1 a5",
			"opened HO 2025-03\nHO city year_to_date 135\nHO U-1 year_to_date 35\nHO U-2 year_to_date 20\non 2025-02 U-2 b2\non 2025-05 U-1 a6",
			[]string{"HO year_to_date 130 + 0 + 5 = 135; U-1 5: resubmitted U-1 2025-05 a6.xlsx"},
		},
		"a unit's opening makes its month the city's": {
			"opened VU 2025-03\nVU city year_to_date 100\nVU U-1 year_to_date 100\nVU U-2 year_to_date 0\non 2025-05 U-1 a5",
			"opened VU 2025-03\nVU city year_to_date 103\nVU U-1 year_to_date 100\nVU U-2 year_to_date 0\non 2025-03 U-2 b3\non 2025-05 U-1 a5",
			[]string{"VU year_to_date 100 + 0 + 3 = 103; 3: late U-2 2025-03 b3.xlsx"},
		},
		"an early report counts once others' figures of its month are known": {
			"LD city year_to_date 300\nLD U-1 year_to_date 300\non 2025-02 U-1 a2\non 2025-05 U-1 a5",
			"LD city year_to_date 319\nLD U-1 year_to_date 310\nLD U-2 year_to_date 9\non 2025-02 U-1 a2\non 2025-02 U-2 b2\non 2025-05 U-1 a5",
			[]string{"LD year_to_date 300 + 0 + 19 = 319; U-1 10: late U-2 2025-02 b2.xlsx; U-2 9: late U-2 2025-02 b2.xlsx"},
		},
		"corrections that cancel out": {
			"LD city year_to_date 300\nLD U-1 year_to_date 200\nLD U-2 year_to_date 100\non 2025-05 U-1 a5\non 2025-05 U-2 b5",
			"LD city year_to_date 300\nLD U-1 year_to_date 210\nLD U-2 year_to_date 90\non 2025-05 U-1 a6\non 2025-05 U-2 b6",
			[]string{"LD year_to_date 300 + 0 + 0 = 300; U-1 10: resubmitted U-1 2025-05 a6.xlsx; U-2 -10: resubmitted U-2 2025-05 b6.xlsx"},
		},
		"other definitions": {
			"LD city year_to_date 300\nLD U-1 year_to_date 300\non 2025-05 U-1 a5",
			"catalogue c2\nLD city year_to_date 310\nLD U-1 year_to_date 310\non 2025-05 U-1 a5",
			[]string{"LD year_to_date 300 + 0 + 10 = 310; U-1 10: definition"},
		},
		"another program": {
			"LD city year_to_date 300\nLD U-1 year_to_date 300\non 2025-05 U-1 a5",
			"LD city year_to_date 310\nLD U-1 year_to_date 310\non 2025-05 U-1 a5",
			[]string{"LD year_to_date 300 + 0 + 10 = 310; U-1 10: program"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, a := range edition.Reconcile(monthOf(t, "2025-05", c.signed), nil, monthOf(t, "2025-06", c.now), &cat) {
				got = append(got, reconciled(a))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

// An indicator that was renamed since is the same: its signed total is led on,
// and nothing but its name changed.
func TestRenamedIndicatorIsTheSame(t *testing.T) {
	folder := fstest.MapFS{}
	for _, empty := range catalogue.Headers() {
		folder[empty.Name+".csv"] = &fstest.MapFile{Data: empty.CSV()}
	}
	for name, text := range map[string]string{
		"units":      "id,kind,name\nU-1,quận,Một\n",
		"programmes": "code,name_vi\nP1,Một\n",
		"indicators": "code,programme,kind,name_vi,type,nature,across,aliases\nX2,P1,input,Số,whole,flow,sum,X\n",
	} {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "small"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	before := "X city year_to_date 300\nX U-1 year_to_date 300\non 2025-05 U-1 a5"
	signed := monthOf(t, "2025-05", before)
	now := monthOf(t, "2025-06", "X2 city month 5\nX2 city year_to_date 315\nX2 U-1 month 5\nX2 U-1 year_to_date 315\non 2025-05 U-1 a6\non 2025-06 U-1 b1")
	all := edition.Reconcile(signed, nil, now, cat)
	if len(all) != 1 || reconciled(all[0]) != "X2 year_to_date 300 + 5 + 10 = 315; U-1 10: resubmitted U-1 2025-05 a6.xlsx" {
		t.Errorf("got %v", all)
	}
	if changes := edition.Compare(signed, monthOf(t, "2025-05", strings.ReplaceAll(before, "X ", "X2 ")), cat); len(changes) != 0 {
		t.Errorf("only its name changed, and told is %v", changes)
	}
}
