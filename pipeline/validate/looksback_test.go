package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// counting is a catalogue with a flow F, a stock S, a cumulative count L, and M,
// a cumulative part of the stock W; Y is cumulative and asked twice a year. Tết
// is in 2024-02, 2025-02 and, being late, 2026-03.
func counting(t testing.TB, more map[string]string) *catalogue.Catalogue {
	t.Helper()
	tables := map[string]string{
		"indicators": `code,programme,kind,name_vi,type,nature,across,part_of,due,max
F,P,input,Phát sinh,whole,flow,sum,,,
S,P,input,Tồn,whole,stock,sum,,,
L,P,input,Lũy kế,whole,cumulative,sum,,,1000
W,P,input,Tổng,whole,stock,sum,,,
M,P,input,Phần lũy kế,whole,cumulative,sum,W,,
Y,P,input,Hai lần,whole,cumulative,sum,,6|12,
`,
		"calendar": "date,kind\n2024-02-10,tết\n2025-01-29,tết\n2026-02-17,tết\n",
	}
	for name, text := range more {
		tables[name] = text
	}
	return definitionsWith(t, tables)
}

// course is one unit's course of one indicator: a first month and a figure a
// month from there. "." is a month without a report, "?" a blank.
func course(t testing.TB, c *catalogue.Catalogue, unit, code, story string) submission.Batch {
	t.Helper()
	first, figures, _ := strings.Cut(story, ": ")
	var b submission.Batch
	m := month(first)
	for _, typed := range strings.Fields(figures) {
		if typed != "." {
			answer := code + "=" + typed
			if typed == "?" {
				answer = code + "="
			}
			if before, whole, ok := strings.Cut(typed, "/"); ok {
				answer = code + "=" + before + " W=" + whole
			}
			b = append(b, received(t, c, fmt.Sprintf("%s/%s %s %s v1 %s-16 09:00 %s", m, unit, unit, m, m, answer)))
		}
		m = m.Add(1)
	}
	return b
}

// late is after every month of the stories.
var late = at("2027-06-01 08:00")

// noticed lists what looking back found: "2025-06 code arguments want=…".
func noticed(c *validate.Checked) []string {
	var lines []string
	for _, f := range c.All() {
		if f.Code.Definition().Stage != finding.StageHistory {
			continue
		}
		line := fmt.Sprint(f.Period, " ", f.Code)
		for _, name := range []string{"previous", "previous_period", "previous_total", "usual_from", "usual_to", "known_total", "first", "last_year", "other_unit", "other_period"} {
			if v, ok := f.Args[name]; ok {
				line += " " + name + "=" + v
			}
		}
		if f.Want != "" {
			line += " want=" + f.Want
		}
		lines = append(lines, line)
	}
	return lines
}

// stories run each course as U-1's and compare what is noticed.
func stories(t *testing.T, more map[string]string, all map[string][]string) {
	t.Helper()
	c := counting(t, more)
	for name, story := range all {
		t.Run(name, func(t *testing.T) {
			code, line, _ := strings.Cut(story[0], " ")
			expect(t, noticed(validate.Batch(input(c, course(t, c, "U-1", code, line), late))), story[1:]...)
		})
	}
}

func TestCumulativeFalls(t *testing.T) {
	stories(t, nil, map[string][]string{
		"rises":               {"L 2025-01: 5 5 9 30 31"},
		"starts anew":         {"L 2024-11: 300 310 4 20"},
		"falls":               {"L 2025-03: 120 112", "2025-04 cumulative-discontinuous previous=120 previous_period=2025-03"},
		"a month without":     {"L 2025-03: 120 . 112", "2025-05 cumulative-discontinuous previous=120 previous_period=2025-03"},
		"a blank between":     {"L 2025-03: 120 ? 112", "2025-05 cumulative-discontinuous previous=120 previous_period=2025-03"},
		"not available":       {"L 2025-03: 120 … 112", "2025-05 cumulative-discontinuous previous=120 previous_period=2025-03"},
		"what is refused":     {"L 2025-03: 120 (!) 120"},
		"over the year's end": {"L 2025-10: 120 . . . 112"},
		"asked twice a year":  {"Y 2025-06: 40 ? ? ? ? ? 39", "2025-12 cumulative-discontinuous previous=40 previous_period=2025-06"},
		"a flow may fall":     {"F 2025-03: 120 112"},
		"a stock may fall":    {"S 2025-03: 120 112"},
		"down and on": {
			"L 2025-03: 120 112 114 118 125",
			"2025-04 cumulative-discontinuous previous=120 previous_period=2025-03",
		},
	})
}

// Where a total is asked, a small count may be the month's own.
func TestMonthTypedAsCumulative(t *testing.T) {
	stories(t, nil, map[string][]string{
		"like other months":     {"L 2025-03: 100 140 38", "2025-05 cumulative-discontinuous previous=140 previous_period=2025-04 want=178"},
		"since January":         {"L 2025-01: 45 . 130 38", "2025-04 cumulative-discontinuous previous=130 previous_period=2025-03 want=168"},
		"nothing this month":    {"L 2025-03: 3 none", "2025-04 cumulative-discontinuous previous=3 previous_period=2025-03 want=3"},
		"zero":                  {"L 2025-03: 140 0", "2025-04 cumulative-discontinuous previous=140 previous_period=2025-03 want=140"},
		"nothing after nothing": {"L 2025-03: 0 none 0"},
		"too much for a month":  {"L 2025-03: 300 310 140", "2025-05 cumulative-discontinuous previous=310 previous_period=2025-04"},
		"no month known":        {"L 2025-03: 300 40", "2025-04 cumulative-discontinuous previous=300 previous_period=2025-03"},
		"small counts":          {"L 2025-01: 4 8 3", "2025-03 cumulative-discontinuous previous=8 previous_period=2025-02"},
		"beyond the bound":      {"L 2025-03: 800 990 180", "2025-05 cumulative-discontinuous previous=990 previous_period=2025-04"},
		"more than the whole":   {"M 2025-03: 100/160 140/160 38/160", "2025-05 cumulative-discontinuous previous=140 previous_period=2025-04"},
		"within the whole":      {"M 2025-03: 100/200 140/200 38/200", "2025-05 cumulative-discontinuous previous=140 previous_period=2025-04 want=178"},
		"again and again": {
			"L 2025-03: 100 140 38 41 . 30 270",
			"2025-05 cumulative-discontinuous previous=140 previous_period=2025-04 want=178",
			"2025-06 cumulative-discontinuous previous=140 previous_period=2025-04 want=219",
			"2025-08 cumulative-discontinuous previous=140 previous_period=2025-04 want=249",
		},
		// While the question of May has no answer, June is still below April; July
		// is not asked a third time.
		"the total was wrong": {
			"L 2025-03: 100 140 38 72 110",
			"2025-05 cumulative-discontinuous previous=140 previous_period=2025-04 want=178",
			"2025-06 cumulative-discontinuous previous=140 previous_period=2025-04",
		},
	})
}

func TestTotalTypedAsMonth(t *testing.T) {
	stories(t, nil, map[string][]string{
		"ordinary months":      {"F 2025-01: 40 12 45 38 52 30 41"},
		"the total":            {"F 2025-01: 40 12 45 137", "2025-04 cumulative-in-month-column previous_total=97 want=40"},
		"a total and nothing":  {"F 2025-01: 40 12 45 97", "2025-04 cumulative-in-month-column previous_total=97 want=0"},
		"two months are few":   {"F 2025-01: 40 12 92"},
		"more than a total":    {"F 2025-01: 40 12 45 300"},
		"less than the total":  {"F 2025-01: 40 12 45 90"},
		"a month is not known": {"F 2025-01: 40 . 45 38 110"},
		"a month without any":  {"F 2025-01: 40 none 45 38 165", "2025-05 cumulative-in-month-column previous_total=123 want=42"},
		"before us":            {"F 2025-04: 40 45 125", "2025-06 cumulative-in-month-column known_total=85 first=2025-04 want=40"},
		"since we know, again": {
			"F 2025-04: 40 45 125 160",
			"2025-06 cumulative-in-month-column known_total=85 first=2025-04 want=40",
			"2025-07 cumulative-in-month-column known_total=125 first=2025-04 want=35",
		},
		"before us, ordinary": {"F 2025-04: 40 45 60 51"},
		"before us, uneven":   {"F 2025-04: 103 50 322"},
		"before us, too much": {"F 2025-04: 40 45 180"},
		"one month known":     {"F 2025-04: 40 85"},
		"a gap since we know": {"F 2025-04: 40 45 . 170"},
		"small counts":        {"F 2025-01: 1 0 2 5 9 15 30"},
		"uneven months":       {"F 2025-01: 10 12 150 80 270"},
		"in January":          {"F 2024-11: 40 45 120"},
		"again and again": {
			"F 2025-01: 40 12 45 137 180 34",
			"2025-04 cumulative-in-month-column previous_total=97 want=40",
			"2025-05 cumulative-in-month-column previous_total=137 want=43",
		},
		"always": {
			"F 2025-01: 40 52 95 140 181",
			"2025-05 cumulative-in-month-column previous_total=140 want=41",
		},
		"a rising year":         {"F 2025-01: 40 42 50 61 75 88 95"},
		"every month alike":     {"F 2025-01: 40 40 40 40 40 40 40"},
		"a summer like another": {"F 2024-06: 200 40 41 42 40 38 43 40 12 45 50 45 230"},
	})
}

// What the unit had before the first report is known by an opening of its own;
// another unit's or the city's says nothing of it.
func TestTotalTypedAfterOpening(t *testing.T) {
	opening := func(unit string) map[string]string {
		return map[string]string{"openings": "indicator,unit,span,through,value,source\nF," + unit + ",year,2025-03,97,BC\n"}
	}
	stories(t, opening("U-1"), map[string][]string{
		"own": {"F 2025-04: 40 45 220", "2025-06 cumulative-in-month-column previous_total=182 want=38"},
	})
	stories(t, opening("U-2"), map[string][]string{"another's": {"F 2025-04: 40 45 220"}})
}

func TestFarFromHistory(t *testing.T) {
	stories(t, nil, map[string][]string{
		"ten times":           {"F 2025-03: 38 45 40 52 41 44 410", "2025-09 far-from-history usual_from=38 usual_to=52"},
		"five months are few": {"F 2025-04: 45 40 52 41 44 100"},
		"Tết is no month":     {"F 2025-01: 45 20 52 41 44 40 100"},
		"few, and gross":      {"F 2025-04: 45 40 52 410", "2025-07 far-from-history usual_from=40 usual_to=52"},
		"few, and far less":   {"F 2025-04: 450 400 520 41", "2025-07 far-from-history usual_from=400 usual_to=520"},
		"few, and quiet":      {"F 2025-04: 450 400 520 4"},
		"two months are few":  {"F 2025-04: 45 40 410"},
		"few, one was gross":  {"F 2025-04: 45 400 52 410"},
		"stock, last month":   {"S 2025-04: 33000 3300", "2025-05 far-from-history usual_from=33000 usual_to=33000"},
		"stock, ten times":    {"S 2025-04: 3300 33000", "2025-05 far-from-history usual_from=3300 usual_to=3300"},
		"stock, three times":  {"S 2025-04: 100 300"},
		"stock, and a third":  {"S 2025-04: 300 100"},
		"stock, of small":     {"S 2025-04: 3 20"},
		"stock, the latest":   {"S 2025-04: 100 . 290 800"},
		"not far":             {"F 2025-03: 38 45 40 52 41 44 60"},
		"always the same":     {"F 2025-03: 40 40 40 40 40 40 60 40"},
		"the same, then far":  {"F 2025-03: 40 40 40 40 40 40 90", "2025-09 far-from-history usual_from=40 usual_to=40"},
		"small counts":        {"F 2025-03: 1 0 2 1 none 1 19"},
		"quiet month":         {"F 2025-03: 138 145 140 152 141 144 none 2"},
		"half a month":        {"F 2025-03: 438 445 440 452 441 444 45", "2025-09 far-from-history usual_from=438 usual_to=452"},
		"one wrong before":    {"F 2025-03: 38 450 40 52 41 44 410", "2025-09 far-from-history usual_from=38 usual_to=52"},
		"wide":                {"F 2025-03: 300 2400 1200 700 1800 1000 2900"},
		"nothing, and then":   {"F 2025-03: none none 0 none none none 15 45", "2025-10 far-from-history usual_from=0 usual_to=15"},
		"nothing ever":        {"F 2025-03: none none 0 none none none 0 none"},
		"now and then":        {"F 2025-03: 0 0 30 0 0 25 0 28"},
		"as last year": {
			"F 2024-06: 300 40 41 42 40 38 43 40 12 45 50 44 300",
		},
		"not as last year": {
			"F 2024-06: 44 40 41 42 40 38 43 40 12 45 50 300 44",
			"2025-05 far-from-history usual_from=38 usual_to=50",
		},
		"stock":               {"S 2025-03: 33000 33040 33010 33090 33100 33080 3308", "2025-09 far-from-history usual_from=33000 usual_to=33100"},
		"stock at Tết":        {"S 2024-08: 33000 33040 33010 33090 33100 33080 330", "2025-02 far-from-history usual_from=33000 usual_to=33100"},
		"little stock":        {"S 2025-03: 33000 33040 33010 33090 33100 33080 3", "2025-09 far-from-history usual_from=33000 usual_to=33100"},
		"cumulative":          {"L 2025-03: 30 60 92 120 151 180 210 840", "2025-10 far-from-history usual_from=238 usual_to=242"},
		"cumulative, in step": {"L 2025-03: 30 60 92 120 151 180 210 241"},
		"no month before":     {"L 2025-03: 30 60 92 120 151 180 210 . 840"},
		"two years back":      {"F 2025-03: 38 45 40 52 41 44 . . . . . . . . . . . . . . . . . . . . . 410"},
	})
}

// A month that holds Tết is compared with last year's, where that held it too.
func TestTetIsApart(t *testing.T) {
	stories(t, nil, map[string][]string{
		"fewer as every year": {"F 2024-02: 110 345 340 352 341 344 340 342 . 350 340 345 100 341"},
		"unlike last year":    {"F 2024-02: 20 345 340 352 341 344 340 342 . 350 340 345 340 341", "2025-02 far-from-history last_year=20"},
		"first Tết":           {"F 2024-03: 345 340 352 341 344 340 342 . 350 340 345 30 341"},
		"Tết moves":           {"F 2025-01: 340 90 345 340 345 340 352 341 344 340 342 350 342 341 100"},
	})
	// Without rows for a year, the days on which Tết can fall are left apart.
	stories(t, map[string]string{"calendar": "date,kind\n"}, map[string][]string{
		"years unknown": {"F 2024-06: 345 340 352 341 344 340 342 350 60 70 341"},
	})
}

// Across a succession nothing is compared, nor with what another unit said.
func TestLookingBackEndsWhereTheUnitBegan(t *testing.T) {
	merged := map[string]string{"successions": "from,to,date,kind\nU-2,U-1,2025-09-01,part\n"}
	stories(t, merged, map[string][]string{
		"flow":       {"F 2025-03: 38 45 40 52 41 44 410 400 390"},
		"cumulative": {"L 2025-07: 120 125 60 50", "2025-10 cumulative-discontinuous previous=60 previous_period=2025-09"},
	})
	c := counting(t, nil)
	b := append(course(t, c, "U-1", "L", "2025-03: 120"), course(t, c, "U-2", "L", "2025-04: 3")...)
	expect(t, noticed(validate.Batch(input(c, b, late))))
}

// A finding stands at the cell, with what was typed and how it was read, and
// the figure stays.
func TestNoticedAtTheCell(t *testing.T) {
	c := counting(t, nil)
	got := validate.Batch(input(c, course(t, c, "U-1", "L", "2025-03: 100 140 38"), late))
	all := got.Findings(span("2025-05"))
	if len(all) != 1 {
		t.Fatal(all)
	}
	f := all[0]
	if f.Severity != finding.Warning || f.Sheet != "Báo cáo" || f.Cell != "E4" || f.Row != 4 || f.Col != 5 || f.Raw != "38" || f.Read != "38" || f.Unit != "U-1" || f.Indicator != "L" || f.File != "2025-05/U-1" {
		t.Errorf("%+v", f)
	}
	if s := state(got, "U-1", "L", "2025-05"); s != "38" {
		t.Errorf("the figure is now %s", s)
	}
}

// What the unit explains beside its figure is not asked again, and next month
// goes on from what it typed.
func TestExplainedIsNotMended(t *testing.T) {
	c := counting(t, nil)
	b := course(t, c, "U-1", "L", "2025-03: 100 140 38 60")
	for i, v := range b[2].Submission.Values.All() {
		if v.Indicator == "L" {
			b[2].Submission.Values = b[2].Submission.Values.Changed(i, func(v *submission.Value) { v.Note = "Rà soát lại từ đầu năm." })
		}
	}
	got := validate.Batch(input(c, b, late))
	for _, f := range got.All() {
		if f.Severity != finding.Note {
			t.Errorf("%s %s %s", f.Period, f.Severity, f.Code)
		}
	}
}

// What the office has decided is not compared; but what comes after is compared
// with it.
func TestDecidedIsNotCompared(t *testing.T) {
	c := counting(t, nil)
	b := course(t, c, "U-1", "L", "2025-03: 100 140 38 30")
	for i, v := range b[2].Submission.Values.All() {
		if v.Indicator == "L" {
			b[2].Submission.Values = b[2].Submission.Values.Changed(i, func(v *submission.Value) { v.Decision = "QD-1" })
		}
	}
	expect(t, noticed(validate.Batch(input(c, b, late))), "2025-06 cumulative-discontinuous previous=38 previous_period=2025-05")
}
