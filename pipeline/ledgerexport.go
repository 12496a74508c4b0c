package pipeline

import (
	"context"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/report/export"
)

// ExportLedger writes what was received, decided, imported, published and due by
// the schedule as CSV files into a folder, which it makes where there is none, and returns their paths. A file
// that is there stays: the error is fs.ErrExist, and those before it are written.
func (p *Pipeline) ExportLedger(ctx context.Context, dir string) ([]string, error) {
	book, err := ledger.OpenReading(ctx, p.ledgerPath())
	if err != nil {
		return nil, p.orLost(err)
	}
	defer book.Close()
	received, err := p.receivedCSV(ctx, book)
	if err != nil {
		return nil, err
	}
	decisions, err := p.decisionsCSV(ctx, book)
	if err != nil {
		return nil, err
	}
	imports, err := p.importsCSV(ctx, book)
	if err != nil {
		return nil, err
	}
	publications, err := p.publicationsCSV(ctx, book)
	if err != nil {
		return nil, err
	}
	dues, err := p.duesCSV(ctx, book)
	if err != nil {
		return nil, err
	}
	sent, err := p.sentCSV(ctx, book)
	if err != nil {
		return nil, err
	}
	if err := atomicfile.MakeFolder(dir); err != nil {
		return nil, err
	}
	var written []string
	for _, file := range []struct {
		name string
		data []byte
	}{{"received.csv", received}, {"decisions.csv", decisions}, {"imports.csv", imports}, {"publications.csv", publications}, {"sent.csv", sent}, {"schedule.csv", dues}} {
		path := filepath.Join(dir, file.name)
		if err := atomicfile.WriteNew(path, file.data, 0o600); err != nil {
			return written, err
		}
		written = append(written, path)
	}
	return written, nil
}

func (p *Pipeline) receivedCSV(ctx context.Context, book *ledger.Ledger) ([]byte, error) {
	files, err := book.Files(ctx)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"number", "file", "sha256", "size", "unit", "period", "received_at", "received_from", "channel", "first_seen", "withdrawn"}}
	for _, f := range files {
		rows = append(rows, []string{
			strconv.FormatInt(f.Seq, 10), f.Path, f.SHA256, strconv.FormatInt(f.Size, 10), f.Unit, f.Period,
			p.instant(f.ReceivedAt), f.ReceivedFrom, f.Channel, p.instant(f.FirstSeen), p.instant(f.Withdrawn),
		})
	}
	return export.CSV(rows), nil
}

// decisionsCSV gives each decision by the columns of the office's table.
func (p *Pipeline) decisionsCSV(ctx context.Context, book *ledger.Ledger) ([]byte, error) {
	all, err := book.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	header := append(decision.Columns(), "table", "table_sha256", "received_at", "first_seen")
	rows := [][]string{header}
	for _, d := range all {
		reader := csv.NewReader(strings.NewReader(d.Content))
		reader.FieldsPerRecord = -1
		row, err := reader.Read()
		if err != nil {
			return nil, fmt.Errorf("read decision %s: %w", d.ID, err)
		}
		// An older program may have known fewer columns; they are added at the end.
		row = append(row, make([]string, max(0, len(decision.Columns())-len(row)))...)
		rows = append(rows, append(row, d.Path, d.SHA256, p.instant(d.ReceivedAt), p.instant(d.FirstSeen)))
	}
	return export.CSV(rows), nil
}

func (p *Pipeline) importsCSV(ctx context.Context, book *ledger.Ledger) ([]byte, error) {
	all, err := book.Imports(ctx)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"file", "sha256", "size", "imported_at", "imported_by", "withdrawn_at", "withdrawn_by"}}
	for _, i := range all {
		rows = append(rows, []string{
			i.Name, i.SHA256, strconv.FormatInt(i.Size, 10), p.instant(i.At), i.By, p.instant(i.Withdrawn), i.WithdrawnBy,
		})
	}
	return export.CSV(rows), nil
}

func (p *Pipeline) publicationsCSV(ctx context.Context, book *ledger.Ledger) ([]byte, error) {
	periods, err := book.Periods(ctx)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"period", "revision", "published_at", "as_of", "program", "fingerprint", "manifest_sha256", "files", "submissions", "signed_by"}}
	for _, period := range periods {
		revisions, err := book.Revisions(ctx, period)
		if err != nil {
			return nil, err
		}
		for _, r := range revisions {
			var names []string
			for _, f := range r.Files {
				names = append(names, f.Name)
			}
			rows = append(rows, []string{
				r.Period, strconv.Itoa(r.Number), p.instant(r.PublishedAt), p.instant(r.AsOf), r.Program, r.Fingerprint,
				r.ManifestSHA256, strings.Join(names, " "), strconv.Itoa(len(r.Submissions)), r.SignedBy,
			})
		}
	}
	return export.CSV(rows), nil
}

func (p *Pipeline) duesCSV(ctx context.Context, book *ledger.Ledger) ([]byte, error) {
	all, err := book.Dues(ctx)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"period", "due_at", "attempts", "tried_at", "outcome", "detail"}}
	for _, d := range all {
		rows = append(rows, []string{
			d.Period, p.instant(d.At), strconv.Itoa(d.Attempts), p.instant(d.Tried), string(d.Outcome), d.Detail,
		})
	}
	return export.CSV(rows), nil
}

func (p *Pipeline) sentCSV(ctx context.Context, book *ledger.Ledger) ([]byte, error) {
	all, err := book.Dispatches(ctx)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"kind", "period", "unit", "recipient", "thing", "state", "failed_attempts", "first_at", "at", "message_id", "answer"}}
	for _, d := range all {
		rows = append(rows, []string{
			string(d.Kind), d.Period, d.Unit, d.Recipient, d.Thing, string(d.State), strconv.Itoa(d.Attempts),
			p.instant(d.FirstAt), p.instant(d.At), d.MessageID, d.Answer,
		})
	}
	return export.CSV(rows), nil
}

// instant is a time as a spreadsheet shows it, in the office's zone.
func (p *Pipeline) instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(p.zone()).Format("2006-01-02 15:04:05")
}
