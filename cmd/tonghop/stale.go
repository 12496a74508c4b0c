package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
)

// runStale makes every report again that is out of date, with an account of each.
func (a *app) runStale(ctx context.Context, p *pipeline.Pipeline, asOf time.Time, strict bool) error {
	done, err := p.RunStale(ctx, asOf)
	accounts := make([]accountJSON, len(done))
	for i, out := range done {
		accounts[i] = newAccountJSON(out)
		if !a.json {
			a.account(out)
		}
	}
	switch {
	case a.json:
		if failed := a.printJSON(accounts); err == nil {
			err = failed
		}
	case len(done) == 0 && err == nil:
		a.println("run.none_out_of_date")
	}
	if err == nil && strict && slices.ContainsFunc(done, incomplete) {
		return silent(exitIncomplete)
	}
	return err
}

func names(all []pipeline.OutOfDate) []string {
	texts := []string{} // [] in JSON
	for _, one := range all {
		if !one.Gone { // those no run can make again
			texts = append(texts, one.Period.String())
		}
	}
	return texts
}

// mainCauses is how many causes of a report's being out of date are told.
const mainCauses = 3

// outOfDate lists the reports that a run would change: how much, and mostly why.
func (a *app) outOfDate(all []pipeline.OutOfDate, cat *catalogue.Catalogue) {
	if len(all) == 0 {
		return
	}
	a.println("status.out_of_date")
	for _, one := range all {
		tallies := edition.Tallies(one.Changes)
		var causes []string
		for _, t := range tallies[:min(len(tallies), mainCauses)] {
			causes = append(causes, a.say.Cause(t.Cause, cat))
		}
		if rest := len(tallies) - mainCauses; rest > 0 {
			causes = append(causes, a.say.Say("status.more_causes", "n", rest))
		}
		line := a.say.Say("status.changes", "period", one.Period, "revision", strconv.Itoa(one.Revision), "n", edition.Indicators(one.Changes), "city", edition.CityIndicators(one.Changes))
		if one.Gone {
			causes = append(causes, a.say.Say("status.gone"))
		}
		a.printf("- %s – %s\n", line, strings.Join(causes, "; "))
	}
}

// outOfDateJSON is the same for a script.
type outOfDateJSON struct {
	Period         string             `json:"period"`
	Revision       int                `json:"revision"`
	CityIndicators int                `json:"city_indicators"`
	Causes         []talliedCauseJSON `json:"causes"`
}

type talliedCauseJSON struct {
	causeJSON
	Indicators int `json:"indicators"`
}

func (a *app) newOutOfDateJSON(all []pipeline.OutOfDate, cat *catalogue.Catalogue) []outOfDateJSON {
	t := changeTables{say: a.say, cat: cat}
	out := make([]outOfDateJSON, len(all))
	for i, one := range all {
		out[i] = outOfDateJSON{Period: one.Period.String(), Revision: one.Revision, CityIndicators: edition.CityIndicators(one.Changes)}
		for _, tally := range edition.Tallies(one.Changes) {
			out[i].Causes = append(out[i].Causes, talliedCauseJSON{t.causeJSON(tally.Cause), tally.Indicators})
		}
	}
	return out
}
