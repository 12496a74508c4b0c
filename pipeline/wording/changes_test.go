package wording

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

func published(state, value, comparator, target, verdict string) *edition.Figure {
	f := &edition.Figure{State: state, Comparator: comparator, Verdict: verdict}
	if value != "" {
		f.Value = &edition.Decimal{Number: figure.MustParse(value)}
	}
	if target != "" {
		f.Target = &edition.Decimal{Number: figure.MustParse(target)}
	}
	return f
}

func TestChanged(t *testing.T) {
	known := func(value string) *edition.Figure { return published("known", value, "", "", "") }
	aimed := func(value, target string) *edition.Figure { return published("known", value, ">=", target, "behind") }
	for name, c := range map[string]struct {
		ind         catalogue.Indicator
		old, new    *edition.Figure
		before, now string
	}{
		"whole":                      {catalogue.Indicator{}, known("1234"), known("-5"), "1.234", "-5"},
		"percent":                    {catalogue.Indicator{Type: catalogue.Percent, Decimals: 2}, known("71.638"), known("71.25"), "71,64%", "71,25%"},
		"hidden by the decimals":     {catalogue.Indicator{Type: catalogue.Percent, Decimals: 1}, known("71.6412"), known("71.6437"), "71,641%", "71,644%"},
		"the last decimal of all":    {catalogue.Indicator{Decimals: 1}, known("0.333333"), known("0.333334"), "0,333333", "0,333334"},
		"below its target":           {catalogue.Indicator{Decimals: 1}, aimed("88", "90"), aimed("89.99", "90"), "88,0", "89,9"},
		"same but for its target":    {catalogue.Indicator{}, aimed("88", "90"), aimed("88", "80"), "88", "88"},
		"none, and nothing":          {catalogue.Indicator{}, published("none", "0", "", "", ""), nil, "-", "(không có)"},
		"none is not 0":              {catalogue.Indicator{}, published("none", "0", "", "", ""), known("0"), "-", "0"},
		"refused":                    {catalogue.Indicator{}, known("7"), published("refused", "", "", "", ""), "7", "(!)"},
		"two states with one mark":   {catalogue.Indicator{}, published("blank", "", "", "", ""), published("not_available", "", "", "", ""), "để trống", "chưa có số liệu"},
		"a state of another program": {catalogue.Indicator{}, published("estimated", "", "", "", ""), known("7"), "estimated", "7"},
	} {
		t.Run(name, func(t *testing.T) {
			c.ind.Code = "X"
			change := edition.Change{Key: edition.Key{Indicator: "X", Span: period.Monthly}, Old: c.old, New: c.new}
			p := shipped(t).In(Vietnamese)
			if before, now := p.changed(change, &c.ind); before != c.before || now != c.now {
				t.Errorf("%q -> %q, want %q -> %q", before, now, c.before, c.now)
			}
		})
	}
}

func TestChangedOfAnUnknownIndicatorIsExact(t *testing.T) {
	change := edition.Change{Key: edition.Key{Indicator: "X"}, Old: published("known", "83.333333", "", "", "")}
	if before, _ := shipped(t).In(English).Changed(change, &catalogue.Catalogue{}); before != "83.333333" {
		t.Errorf("it is %q", before)
	}
}

func TestJudged(t *testing.T) {
	at := func(target, verdict string) *edition.Figure { return published("known", "5", ">=", target, verdict) }
	for name, c := range map[string]struct {
		old, new    *edition.Figure
		before, now string
	}{
		"not judged":       {published("known", "5", "", "", ""), published("known", "6", "", "", ""), "", ""},
		"by the same":      {at("10", "behind"), at("10", "met"), "chậm", "đạt"},
		"by another":       {at("1000", "behind"), at("5.5", "met"), "chậm; chỉ tiêu giao ≥ 1.000", "đạt; chỉ tiêu giao ≥ 5,5"},
		"no target before": {published("known", "5", "", "", ""), at("10", "behind"), "", "chậm; chỉ tiêu giao ≥ 10"},
		"nothing before":   {nil, at("10", "behind"), "", "chậm"},
	} {
		t.Run(name, func(t *testing.T) {
			before, now := shipped(t).In(Vietnamese).Judged(edition.Change{Old: c.old, New: c.new})
			if before != c.before || now != c.now {
				t.Errorf("%q -> %q, want %q -> %q", before, now, c.before, c.now)
			}
		})
	}
}

func TestEveryCauseHasItsSentence(t *testing.T) {
	for _, l := range Languages {
		for _, why := range []edition.Why{
			edition.Late, edition.Resubmitted, edition.Removed, edition.Decided, edition.Definition, edition.Program, edition.Unlisted,
		} {
			text := shipped(t).In(l).Cause(edition.Cause{Why: why, Unit: "U-9", Decision: "QD-1"}, &catalogue.Catalogue{})
			if text == "" || strings.ContainsAny(text, "⟦⟧") {
				t.Errorf("%s: %s is %q", l, why, text)
			}
		}
	}
}
