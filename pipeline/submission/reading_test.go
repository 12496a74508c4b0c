package submission

import (
	"reflect"
	"testing"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

func someReading() Reading {
	june := period.Month{Year: 2025, Number: time.June}
	f := finding.New(finding.NumberNotWhole).With("z", "1").With("a", "2")
	f.Unit, f.Period, f.File, f.Sheet, f.Cell, f.Row, f.Col, f.Raw = "HN-001", june, "a.xlsx", "Báo cáo", "E14", 14, 5, "12,5"
	return Reading{Received: Received{
		File:     File{Path: "a.xlsx", SHA256: "00ff", Size: 1 << 40, Disposition: Counted, Unit: "HN-001", Period: june, Answers: "11", OnDisk: "á.xlsx"},
		Findings: []finding.Finding{f},
		Submission: &Submission{
			Unit: "HN-001", Period: june, File: "a.xlsx", SHA256: "00ff", Version: 2, Reason: "sửa", FormVersion: "M1", Sample: true,
			PreparedBy: "An", ApprovedBy: "Bình", Phone: "09", Modified: time.Date(2025, 6, 16, 1, 2, 3, 4, time.UTC),
			Values: ValuesOf([]Value{
				{Indicator: "A", Figure: figure.Of(figure.MustParse("-1.50")), Sheet: "Báo cáo", Cell: "E14", Row: 14, Col: 5, Raw: "1.50", Note: "x"},
				{Indicator: "B", Figure: figure.Of(figure.MustParse("12345678901234567890123.25")), Raw: "12345678901234567890123.25"},
				{Indicator: "C", Figure: figure.Without(figure.None), NotDue: true},
				{Indicator: "D", Figure: figure.Without(figure.Refused), Text: "hoàn thành"},
			}...),
			Remarks:  []Remark{{Programme: "CT01", Kind: Proposals, Text: "Đề nghị", Sheet: "Thuyết minh", Cell: "D4"}},
			Findings: []finding.Finding{f, f},
		},
	}}
}

func TestReadingComesBack(t *testing.T) {
	paper := Reading{Received: Received{File: File{Path: "b.pdf", Disposition: UnusableFile}}, Paper: true}
	for _, want := range []Reading{someReading(), paper, {Received: Received{Submission: &Submission{}}}} {
		data, exact := want.Encode()
		if !exact {
			t.Fatalf("%s is not encoded exactly", want.File.Path)
		}
		got, err := DecodeReading(data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	}
}

// No change of an encoded reading is read as another one.
func TestDamagedReadingIsRefused(t *testing.T) {
	data, _ := someReading().Encode()
	for i := range data {
		if _, err := DecodeReading(data[:i]); err == nil {
			t.Fatalf("cut off after %d bytes it is read", i)
		}
		damaged := append([]byte(nil), data...)
		damaged[i] ^= 1 << (i % 8)
		if _, err := DecodeReading(damaged); err == nil {
			t.Fatalf("with byte %d changed it is read", i)
		}
	}
}

func TestWhatIsNotReadingIsNotEncoded(t *testing.T) {
	third, err := figure.Int(1).Quo(figure.Int(3))
	if err != nil {
		t.Fatal(err)
	}
	first := func(change func(*Value)) func(*Reading) {
		return func(r *Reading) { r.Submission.Values = r.Submission.Values.Changed(0, change) }
	}
	for name, change := range map[string]func(*Reading){
		"received":      func(r *Reading) { r.Receive(Receipt{At: time.Now(), From: FromFileTimes}, time.UTC) },
		"contested":     func(r *Reading) { r.Submission.Contested = map[string]bool{"A": true} },
		"decided":       first(func(v *Value) { v.Decision = "QD-1" }),
		"unconfirmed":   first(func(v *Value) { v.Unconfirmed = true }),
		"imported":      first(func(v *Value) { v.Import = &Import{} }),
		"told apart":    func(r *Reading) { r.Findings = []finding.Finding{{Code: finding.MacrosIgnored, SHA256: "ab"}} },
		"no decimal":    first(func(v *Value) { v.Figure = figure.Of(third) }),
		"of other zone": func(r *Reading) { r.Submission.Modified = r.Submission.Modified.In(time.FixedZone("ICT", 7*3600)) },
	} {
		r := someReading()
		change(&r)
		if _, exact := r.Encode(); exact {
			t.Errorf("%s: encoded", name)
		}
	}
}

// Whoever gives one of these another field settles whether it is written down.
func TestEncodedFields(t *testing.T) {
	for _, c := range []struct {
		of     any
		fields int
	}{
		{Reading{}, 2}, {Received{}, 3}, {File{}, 12}, {Submission{}, 20}, {Value{}, 13}, {Remark{}, 5}, {finding.Finding{}, 15},
	} {
		if got := reflect.TypeOf(c.of).NumField(); got != c.fields {
			t.Errorf("%T has %d fields, and %d are encoded or refused", c.of, got, c.fields)
		}
	}
}

func FuzzDecodeReading(f *testing.F) {
	data, _ := someReading().Encode()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		d := decoder{rest: string(data)}
		d.file()
		d.findings()
		d.submission()
	})
}
