package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"

	"github.com/xuri/excelize/v2"
)

// figures reads, checks and consolidates, and does nothing else: no ledger, no
// outputs.
func figures(c corpus) error {
	cat, err := definitions(c.units)
	if err != nil {
		return err
	}
	batch, err := c.intake(cat).Collect(context.Background())
	if err != nil {
		return err
	}
	return c.consolidate(cat, batch)
}

// intake is the corpus as a run takes it in.
func (c corpus) intake(cat *catalogue.Catalogue) intake.Folder {
	return intake.Folder{
		Root: c.path("inputs"), Catalogue: cat, Timetable: timetable(cat),
		Settle: 10 * time.Second, Recheck: 2 * time.Second, Now: time.Now,
	}
}

// consolidate checks what was taken in and prints the city's sums of the last month.
func (c corpus) consolidate(cat *catalogue.Catalogue, batch submission.Batch) (err error) {
	tt := timetable(cat)
	checked := validate.Batch(validate.Input{
		Catalogue: cat, Timetable: tt, Batch: batch, AsOf: asOf, ReceivableShare: 80, NewIndicatorGrace: 1,
	})
	span := period.SpanOf(period.Monthly, lastMonth, period.Month{})
	city := consolidate.City(consolidate.Input{
		Catalogue: cat, Timetable: tt, History: checked.History, Period: span, Receipts: checked.ReceiptsIn(span),
		Decisions: checked.Decisions(span), Adopted: c.monthList()[0],
	})
	found := sums{}
	for _, f := range city.Figures {
		value, known := f.Value.Number()
		if !f.IsCity() || f.Span != period.Monthly || f.Indicator.Formula != nil {
			continue
		}
		if !known {
			return fmt.Errorf("%s has no figure", f.Indicator.Code)
		}
		if found[f.Indicator.Code], err = strconv.Atoi(value.Published()); err != nil {
			return err
		}
	}
	fmt.Print(found)
	return nil
}

// withExcelize adds up the last month in the plainest way: it checks nothing.
func withExcelize(c corpus) error {
	paths, err := c.inputs()
	if err != nil {
		return err
	}
	found := sums{}
	for _, path := range paths {
		f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rows, err := f.GetRows("Báo cáo")
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for _, row := range rows {
			if len(row) < 5 || row[1] == "" {
				continue
			}
			if n, err := strconv.Atoi(row[4]); err == nil {
				found[row[1]] += n
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(os.Stdout, found)
	return err
}
