package ledger

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func received(path string) Received {
	return Received{
		SHA256: hash(path), Path: path, Size: 1234, FirstSeen: at(18, 6), ReceivedAt: at(16, 9),
		ReceivedFrom: "file-time", Channel: "thư mục", Unit: "HN-001", Period: "2025-06",
	}
}

func receive(t *testing.T, l *Ledger, files ...Received) []Received {
	t.Helper()
	if err := l.Receive(ctx, files); err != nil {
		t.Fatal(err)
	}
	return list(t, l)
}

func list(t *testing.T, l *Ledger) []Received {
	t.Helper()
	files, err := l.Files(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestReceivedFileComesBackAsItWas(t *testing.T) {
	want := received("2025-06/ba-đình.xlsx")
	// Another zone is the same instant.
	local := want
	local.ReceivedAt = want.ReceivedAt.In(time.FixedZone("", 7*3600))
	got := receive(t, newLedger(t), local)
	want.Seq = 1
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestFirstSightIsKept(t *testing.T) {
	l := newLedger(t)
	first := received("a.xlsx")
	receive(t, l, first)
	later := first
	later.FirstSeen, later.ReceivedAt = at(19, 6), at(19, 1)
	later.ReceivedFrom, later.Channel = "service", "email"
	later.Unit, later.Period = "HN-002", ""
	got := receive(t, l, later)[0]
	want := first
	want.Seq, want.Unit = 1, "HN-002"
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestTheRegisterCorrectsTheTimeOfReceipt(t *testing.T) {
	l := newLedger(t)
	first := received("a.xlsx")
	receive(t, l, first)
	registered := first
	registered.FirstSeen, registered.ReceivedAt = at(20, 6), at(15, 8)
	registered.ReceivedFrom, registered.Channel = "register", "Zalo"
	got := receive(t, l, registered)[0]
	want := registered
	want.Seq, want.FirstSeen = 1, first.FirstSeen
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	// The row is gone from the register: what it said once is kept.
	if got := receive(t, l, first)[0]; got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestSameBytesUnderTwoNamesAndNewBytesUnderAnOldName(t *testing.T) {
	l := newLedger(t)
	a := received("a.xlsx")
	copied, replaced := a, a
	copied.Path = "b.xlsx"
	replaced.SHA256 = hash("new bytes")
	files := receive(t, l, a, copied, replaced, a)
	var keys []Key
	for _, f := range files {
		keys = append(keys, f.Key())
	}
	if want := []Key{a.Key(), copied.Key(), replaced.Key()}; !slices.Equal(keys, want) {
		t.Errorf("got %v, want %v in the order of arrival", keys, want)
	}
}

func TestWithdrawnAndBack(t *testing.T) {
	l := newLedger(t)
	a, b := received("a.xlsx"), received("b.xlsx")
	receive(t, l, a, b)
	for _, when := range []time.Time{at(20, 6), at(21, 6)} { // found gone again the next day
		if err := l.Gone(ctx, when, a.Key(), Key{SHA256: hash("unknown"), Path: "b.xlsx"}); err != nil {
			t.Fatal(err)
		}
	}
	files := list(t, l)
	if !files[0].Withdrawn.Equal(at(20, 6)) || !files[1].Withdrawn.IsZero() {
		t.Errorf("withdrawn %v and %v", files[0].Withdrawn, files[1].Withdrawn)
	}
	if back := receive(t, l, a)[0]; !back.Withdrawn.IsZero() || !back.FirstSeen.Equal(a.FirstSeen) {
		t.Errorf("back: %+v", back)
	}
}

func TestReceiveTakesAllOrNone(t *testing.T) {
	bad := map[string]func(*Received){
		"no sha256":        func(r *Received) { r.SHA256 = "" },
		"capital sha256":   func(r *Received) { r.SHA256 = "A" + r.SHA256[1:] },
		"no path":          func(r *Received) { r.Path = "" },
		"no first sight":   func(r *Received) { r.FirstSeen = time.Time{} },
		"no time of entry": func(r *Received) { r.ReceivedAt = time.Time{} },
	}
	for name, spoil := range bad {
		l := newLedger(t)
		r := received("b.xlsx")
		spoil(&r)
		if err := l.Receive(ctx, []Received{received("a.xlsx"), r}); err == nil {
			t.Errorf("%s: taken", name)
		}
		if files := list(t, l); len(files) != 0 {
			t.Errorf("%s: kept %v", name, files)
		}
	}
}

func TestReadings(t *testing.T) {
	l := newLedger(t)
	a, b := hash("a"), hash("b")
	save := func(readings ...Reading) {
		t.Helper()
		if err := l.SaveReadings(ctx, readings); err != nil {
			t.Fatal(err)
		}
	}
	load := func(version string) string {
		t.Helper()
		readings, err := l.Readings(ctx, version)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%d a=%q b=%q", len(readings), readings[a], readings[b])
	}
	save(Reading{a, "1", []byte("first")}, Reading{b, "1", nil})
	if got, want := load("1"), `2 a="first" b=""`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	save(Reading{a, "2", []byte("\x00\xff")})
	for version, want := range map[string]string{"1": `1 a="" b=""`, "2": `1 a="\x00\xff" b=""`, "3": `0 a="" b=""`} {
		if got := load(version); got != want {
			t.Errorf("version %s: got %s, want %s", version, got, want)
		}
	}
	if err := l.SaveReadings(ctx, []Reading{{b, "2", []byte("x")}, {"not a hash", "2", nil}}); err == nil {
		t.Error("took a reading of no file")
	}
	if got, want := load("2"), `1 a="\x00\xff" b=""`; got != want {
		t.Errorf("half of a batch was saved: %s, want %s", got, want)
	}
}

func TestThousandFilesTakeNoTime(t *testing.T) {
	l := newLedger(t)
	var files []Received
	var readings []Reading
	for i := range 1000 {
		r := received(fmt.Sprintf("2025-06/%d.xlsx", i))
		files = append(files, r)
		readings = append(readings, Reading{r.SHA256, "1", make([]byte, 20_000)})
	}
	began := time.Now()
	receive(t, l, files...)
	if err := l.SaveReadings(ctx, readings); err != nil {
		t.Fatal(err)
	}
	got, err := l.Readings(ctx, "1")
	if err != nil || len(got) != 1000 {
		t.Fatalf("%d, %v", len(got), err)
	}
	took := time.Since(began)
	t.Logf("%s", took)
	// A transaction a row would take far longer than this, on any disk.
	if took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}
