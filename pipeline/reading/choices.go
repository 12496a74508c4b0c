package reading

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// prose is the answer of an indicator of words: the text as it is, composed. A
// date is written as people read it.
func prose(cell Cell) Answer {
	if cell.Kind == Date {
		if day, ok := dayOf(cell); ok {
			return Answer{Text: vietnamese.ShortDate(day)}
		}
	}
	return Answer{Text: strings.TrimSpace(vietnamese.NFC(cell.Raw))}
}

func choice(cell Cell, ind *catalogue.Indicator) Answer {
	text := tidy(cell.Raw)
	if text == "" {
		return Answer{}
	}
	for _, c := range ind.Choices {
		if vietnamese.Fold(c) == vietnamese.Fold(text) {
			return Answer{Text: c}
		}
	}
	if m := mean(text); m == notApplicable || m == notAvailable {
		return inState(cell, m, ind)
	}
	return refuse(cell, finding.New(finding.ChoiceUnknown).With("choices", strings.Join(ind.Choices, "|")))
}

// yesNoWords are the answers to a yes-no question, folded. An x ticks, as on
// paper; a drawn cross may say the opposite and is asked about.
var yesNoWords = map[string]bool{
	"co": true, "x": true, "v": true, "1": true, "true": true, "yes": true, "da co": true,
	"khong": false, "ko": false, "0": false, "false": false, "no": false, "khong co": false, "chua": false, "chua co": false,
}

const ticks = "✓✔☑√"

func yesNo(cell Cell, ind *catalogue.Indicator) Answer {
	text := tidy(cell.Raw)
	if text == "" {
		return Answer{}
	}
	key, _ := spoken(text)
	yes, known := yesNoWords[key]
	if strings.Trim(text, ticks) == "" {
		yes, known = true, true
	}
	switch m := mean(text); {
	case known && yes:
		return Answer{Figure: figure.Of(figure.Int(1)), Text: "có"}
	case known:
		return Answer{Figure: figure.Of(figure.Int(0)), Text: "không"}
	case m == notApplicable || m == notAvailable:
		return inState(cell, m, ind)
	}
	return refuse(cell, finding.New(finding.ChoiceUnknown).With("choices", "có|không"))
}
