package wording

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// Sentence is a finding in words.
type Sentence struct {
	Title   string // a few words without values; findings are grouped under it
	Message string // what is there
	Remedy  string // what to do about it
}

// Facts are the names that a finding, which holds codes only, is told with.
// The zero Facts tell it by its codes.
type Facts struct {
	Unit        string // "Quận Ba Đình"
	Indicator   string // the indicator's name
	Measure     string // "người"
	RuleMessage string // what the broken rule says, in the sentence's language
	// NameOf gives the name of a unit id or an indicator code among the
	// arguments; nil, or "", leaves the code.
	NameOf func(code string) string
}

// FactsFrom looks up the names that a finding needs. Without a catalogue it
// gives the zero Facts.
func (p Phrases) FactsFrom(c *catalogue.Catalogue, f finding.Finding) Facts {
	if c == nil {
		return Facts{}
	}
	facts := Facts{NameOf: func(code string) string {
		if u, ok := c.Unit(code); ok {
			return u.Title()
		}
		if i, ok := c.Indicator(code); ok {
			return p.IndicatorName(i)
		}
		return ""
	}}
	if u, ok := c.Unit(f.Unit); ok {
		facts.Unit = u.Title()
	}
	if i, ok := c.Indicator(f.Indicator); ok {
		facts.Indicator, facts.Measure = p.IndicatorName(i), i.Measure
	}
	for _, r := range c.Rules {
		if id := f.Args["rule"]; id != "" && r.ID == id {
			facts.RuleMessage = p.pick(r.MessageVI, r.MessageEN)
		}
	}
	return facts
}

// IndicatorName is the indicator's name in the language, or its Vietnamese name
// where the catalogue has no other.
func (p Phrases) IndicatorName(i *catalogue.Indicator) string { return p.pick(i.NameVI, i.NameEN) }

// ProgrammeName is the programme's name in the language, or its Vietnamese name
// where the catalogue has no other.
func (p Phrases) ProgrammeName(g *catalogue.Programme) string { return p.pick(g.NameVI, g.NameEN) }

func (p Phrases) pick(vi, en string) string {
	if p.language == English && en != "" {
		return en
	}
	return vi
}

// Finding tells a finding in words.
func (p Phrases) Finding(f finding.Finding, facts Facts) Sentence {
	text := p.book.findings[p.language][f.Code]
	get := func(field string) (string, bool) { return p.fact(f, facts, field) }
	told := Sentence{
		Title:   text.title.render(get),
		Message: strings.TrimSpace(text.message.render(get)),
		Remedy:  strings.TrimSpace(text.remedy.render(get)),
	}
	if why := f.Args[finding.Explained]; why != "" {
		told.Remedy = p.Say("finding.explained", "why", strings.TrimSuffix(oneLine(why), "."))
	}
	return told
}

// Explanation is a code's page in the manual.
type Explanation struct {
	Code     finding.Code
	Severity finding.Severity
	Stage    finding.Stage
	Title    string
	Text     string // what it means, why it is checked, what to do
	Args     []Arg
}

// Explain gives the manual page of a code; ok is false where there is no such
// code.
func (p Phrases) Explain(code finding.Code) (e Explanation, ok bool) {
	text, ok := p.book.findings[p.language][code]
	if !ok {
		return Explanation{}, false
	}
	d := code.Definition()
	none := func(string) (string, bool) { return "", false }
	return Explanation{
		Code: code, Severity: d.Severity, Stage: d.Stage,
		Title: text.title.render(none), Text: text.explain.render(none), Args: Args(code),
	}, true
}

// fact gives a field of findings.csv as printed.
func (p Phrases) fact(f finding.Finding, facts Facts, field string) (string, bool) {
	if name, isArg := strings.CutPrefix(field, "arg:"); isArg {
		return p.arg(f, facts, name), true
	}
	switch field {
	case "raw":
		return quote(f.Raw), true
	case "read":
		return p.number(quote(f.Read)), true
	case "want":
		return p.typed(f.Want), true
	case "cell":
		return f.Cell, true
	case "sheet":
		return quote(f.Sheet), true
	case "file":
		return oneLine(f.File), true
	case "unit":
		return or(facts.Unit, f.Unit), true
	case "period":
		return p.Month(f.Period), true
	case "indicator":
		return f.Indicator, true
	case "indicator_name":
		return or(facts.Indicator, f.Indicator), true
	case "measure":
		return facts.Measure, true
	}
	return "", false
}

func (p Phrases) arg(f finding.Finding, facts Facts, name string) string {
	value := f.Args[name]
	if name == "rule_message" {
		// The catalogue's rows may or may not end in a full stop; the sentence
		// sets its own.
		value = strings.TrimSuffix(or(facts.RuleMessage, value), ".")
	}
	if value == "" {
		return ""
	}
	for _, a := range args[f.Code] {
		if a.Name == name {
			return p.printArg(a.Kind, value, facts)
		}
	}
	return ""
}

func (p Phrases) printArg(kind Kind, value string, facts Facts) string {
	switch kind {
	case Number:
		return p.number(value)
	case Month:
		if m, err := period.ParseMonth(value); err == nil {
			return p.Month(m)
		}
	case Date:
		if d, err := period.ParseDate(value); err == nil {
			return p.Date(d)
		}
	case Indicator, Unit:
		if facts.NameOf != nil {
			return or(facts.NameOf(value), value)
		}
	case List:
		return p.choices(value)
	case Items:
		return strings.ReplaceAll(oneLine(value), "|", "; ")
	case Figures:
		items := strings.Split(oneLine(value), "|")
		for i, item := range items {
			items[i] = p.figureItem(item, facts)
		}
		return strings.Join(items, "; ")
	case FileKind:
		return p.term("filekind.", value)
	case Limit:
		return p.term("limit.", value)
	case Why:
		return p.term("why.", value)
	case Hidden:
		return p.term("hidden.", value)
	case Both:
		vi, en, _ := strings.Cut(value, "|")
		return oneLine(p.pick(vi, en))
	case Title:
		if e, ok := p.Explain(finding.Code(value)); ok {
			return e.Title
		}
	}
	return oneLine(value)
}

// figureItem puts a figure's name in place of its reference: "prev(X) = 1200" is
// “Tổng số hội viên (kỳ trước) = 1.200”. What follows a colon may be somebody's
// words and stays as it is.
func (p Phrases) figureItem(item string, facts Facts) string {
	ref, rest := item, ""
	if end := strings.IndexAny(item, " :"); end >= 0 {
		ref, rest = item[:end], item[end:]
	}
	if value, seen := strings.CutPrefix(rest, " = "); seen {
		rest = " = " + p.number(value)
	}
	return p.referred(ref, facts) + rest
}

// referred names what a rule refers to.
func (p Phrases) referred(ref string, facts Facts) string {
	when, code, past := strings.Cut(strings.TrimSuffix(ref, ")"), "(")
	if !past {
		code = ref
	}
	name := code
	if facts.NameOf != nil {
		name = or(facts.NameOf(code), code)
	}
	switch when {
	case "prev":
		return p.Say("figure.prev", "name", name)
	case "ytd":
		return p.Say("figure.ytd", "name", name)
	case "last_year":
		return p.Say("figure.last_year", "name", name)
	}
	if past { // no reference of a rule
		return ref
	}
	return name
}

// choices prints alternatives parted by "|", numbers among them as numbers.
func (p Phrases) choices(text string) string {
	if text == "" {
		return ""
	}
	parts := strings.Split(text, "|")
	for i, part := range parts {
		if _, err := figure.Parse(part); err == nil {
			parts[i] = p.number(part)
		} else {
			parts[i] = quote(part)
		}
	}
	return p.listed(parts)
}

// typed is what somebody is to type: without thousands separators, which are
// what went wrong, and with the language's decimal sign.
func (p Phrases) typed(text string) string {
	parts := strings.Split(text, "|")
	for i, part := range parts {
		if _, err := figure.Parse(part); err == nil && p.language == Vietnamese {
			parts[i] = strings.Replace(part, ".", ",", 1)
		}
	}
	if text == "" {
		return ""
	}
	return p.listed(parts)
}

// term gives the phrase of a word that another package chose, or the word
// itself where the tables do not have it.
func (p Phrases) term(prefix, word string) string {
	if p.Has(prefix + word) {
		return p.Say(prefix + word)
	}
	return word
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
