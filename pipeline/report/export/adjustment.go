package export

import (
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
)

// adjustmentJSON reconciles a cumulative figure of the city with the signed one:
// signed + since + amount = now.
type adjustmentJSON struct {
	Indicator string          `json:"indicator"`
	Span      period.SpanKind `json:"span"`
	Signed    string          `json:"signed"`
	Since     string          `json:"since"`
	Amount    string          `json:"amount"`
	Now       string          `json:"now"`
	Parts     []partJSON      `json:"parts"`
}

type partJSON struct {
	Unit   *string     `json:"unit"`
	Amount string      `json:"amount"`
	Causes []causeJSON `json:"causes"`
}

type causeJSON struct {
	Why      edition.Why `json:"why"`
	Unit     string      `json:"unit,omitempty"`
	Period   string      `json:"period,omitempty"`
	File     string      `json:"file,omitempty"`
	Decision string      `json:"decision,omitempty"`
}

func newAdjustment(a *edition.Adjustment) adjustmentJSON {
	out := adjustmentJSON{
		Indicator: a.Indicator, Span: a.Span, Signed: a.Signed.Published(), Since: a.Since.Published(),
		Amount: a.Amount.Published(), Now: a.Now.Published(), Parts: []partJSON{},
	}
	for _, p := range a.Parts {
		part := partJSON{Unit: name(p.Unit), Amount: p.Amount.Published(), Causes: []causeJSON{}}
		for _, c := range p.Causes {
			part.Causes = append(part.Causes, causeJSON{c.Why, c.Unit, c.Month.String(), c.File, c.Decision})
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}
