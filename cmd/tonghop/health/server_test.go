package health

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tonghop/pipeline/finding"
)

// clock is set by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// patient is the limits of a test whose clients behave.
var patient = Limits{Header: time.Minute, Answer: time.Minute, Idle: time.Minute, Connections: 4}

// serve runs a server until the test ends, and gives its address.
func serve(t *testing.T, limits Limits) (*Board, *clock, string) {
	t.Helper()
	c := &clock{at: time.Date(2025, 6, 18, 0, 0, 0, 0, time.UTC)}
	b := NewBoard("1.2.3", time.Hour, c.now)
	s, err := Listen("127.0.0.1:0", b, limits, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return b, c, s.Addr().String()
}

func ask(t *testing.T, method, address, path, host string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestHealthFollowsWhatHappens(t *testing.T) {
	b, c, address := serve(t, patient)
	expect := func(status int, reasons string) {
		t.Helper()
		response, body := ask(t, http.MethodGet, address, "/health", "")
		var r Report
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			t.Fatalf("%v in %s", err, body)
		}
		var names []string
		for _, reason := range r.Reasons {
			names = append(names, reason.Reason+" "+reason.Since.Format("15:04"))
		}
		if got := strings.Join(names, ", "); response.StatusCode != status || got != reasons || r.Version != "1.2.3" {
			t.Errorf("%d %q, want %d %q: %s", response.StatusCode, got, status, reasons, body)
		}
	}
	expect(200, "")
	c.pass(61 * time.Minute)
	expect(503, "stalled 00:00")
	b.Looked(Look{Seen: 3})
	expect(200, "")
	c.pass(50 * time.Minute)
	b.Glanced()
	c.pass(50 * time.Minute)
	expect(200, "")
	b.Looked(Look{Seen: 3})
	b.Fail("inputs-unreadable", "permission denied")
	c.pass(time.Minute)
	b.Fail("inputs-unreadable", "permission denied")
	b.Ran(Run{Outcome: Failed, Detail: "disk full"})
	expect(503, "inputs-unreadable 02:41, run-failed 02:42")
	b.Recover("inputs-unreadable")
	b.Recover("never given")
	b.Ran(Run{Outcome: Unchanged})
	expect(200, "")
}

func TestMetrics(t *testing.T) {
	b, c, address := serve(t, patient)
	_, body := ask(t, http.MethodGet, address, "/metrics", "")
	for _, not := range []string{"tonghop_last_look", "tonghop_last_due", "tonghop_last_success", "tonghop_last_run"} {
		if strings.Contains(body, not) {
			t.Errorf("%s before anything happened", not)
		}
	}
	due := time.Date(2025, 6, 18, 0, 0, 0, 0, time.UTC)
	b.Looked(Look{Took: 1500 * time.Millisecond, Seen: 31, Deferred: 1, Unusable: 2, Findings: map[finding.Severity]int{finding.Error: 7, finding.Warning: 4}})
	b.Ran(Run{Due: due, Took: 3 * time.Second, Outcome: Published})
	b.Answered(29)
	b.Mailed(2, 1)
	c.pass(time.Minute)
	b.Ran(Run{Outcome: Failed, Detail: "disk full"})
	response, body := ask(t, http.MethodGet, address, "/metrics", "")
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") {
		t.Errorf("it is %s", kind)
	}
	lines := map[string]bool{}
	for scan := bufio.NewScanner(strings.NewReader(body)); scan.Scan(); {
		lines[scan.Text()] = true
	}
	for _, want := range []string{
		`tonghop_healthy 0`, `tonghop_start_time_seconds 1.7502048e+09`,
		`tonghop_last_look_duration_seconds 1.5`, `tonghop_last_look_timestamp_seconds 1.7502048e+09`,
		`tonghop_files{state="seen"} 31`, `tonghop_files{state="deferred"} 1`, `tonghop_files{state="unusable"} 2`,
		`tonghop_findings{severity="error"} 7`, `tonghop_findings{severity="warning"} 4`, `tonghop_findings{severity="note"} 0`,
		`tonghop_last_run_timestamp_seconds 1.75020486e+09`, `tonghop_last_run_duration_seconds 0`,
		`tonghop_last_success_timestamp_seconds 1.7502048e+09`,
		`tonghop_runs_total{outcome="published"} 1`, `tonghop_runs_total{outcome="failed"} 1`, `tonghop_runs_total{outcome="nothing"} 0`,
		`tonghop_last_due_timestamp_seconds 1.7502048e+09`,
		`tonghop_last_due_outcome{outcome="published"} 1`, `tonghop_last_due_outcome{outcome="failed"} 0`,
		`tonghop_receipts_written_total 29`, `tonghop_mails_total{result="sent"} 2`, `tonghop_mails_total{result="failed"} 1`,
		`# TYPE tonghop_runs_total counter`, `# TYPE tonghop_files gauge`,
	} {
		if !lines[want] {
			t.Errorf("lacks %s", want)
		}
	}
	for _, want := range []string{"\ngo_goroutines ", "\ngo_memstats_heap_alloc_bytes ", `tonghop_build_info{go_version="go`, `version="1.2.3"} 1`} {
		if !strings.Contains(body, want) {
			t.Errorf("lacks %s", want)
		}
	}
}

// Nothing but reading, by this machine's own names.
func TestWhoMayAskWhat(t *testing.T) {
	_, _, address := serve(t, patient)
	_, port, _ := net.SplitHostPort(address)
	for _, c := range []struct {
		method, path, host string
		want               int
	}{
		{http.MethodGet, "/health", "localhost:" + port, 200},
		{http.MethodHead, "/health", "127.0.0.1", 200},
		{http.MethodGet, "/metrics", "[::1]:" + port, 200},
		{http.MethodHead, "/metrics", "[::1]", 200},
		{http.MethodPost, "/health", "", 405},
		{http.MethodDelete, "/metrics", "", 405},
		{http.MethodOptions, "/health", "", 405},
		{http.MethodGet, "/", "", 404},
		{http.MethodGet, "/health/", "", 404},
		{http.MethodGet, "/debug/pprof/", "", 404},
		{http.MethodGet, "/health", "evil.example:" + port, 421},
		{http.MethodGet, "/metrics", "localhost.evil.example", 421},
		{http.MethodGet, "/metrics", "10.0.0.1:" + port, 421},
		{http.MethodPost, "/health", "evil.example", 421},
	} {
		response, body := ask(t, c.method, address, c.path, c.host)
		if response.StatusCode != c.want {
			t.Errorf("%s %s of %s: %d, want %d", c.method, c.path, c.host, response.StatusCode, c.want)
		}
		if c.method == http.MethodHead && body != "" {
			t.Errorf("HEAD %s has a body", c.path)
		}
		if c.want == 405 && response.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: allowed is %q", c.method, response.Header.Get("Allow"))
		}
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
			if !strings.HasPrefix(response.Header.Get(name), want) {
				t.Errorf("%s %s: %s is %q", c.method, c.path, name, response.Header.Get(name))
			}
		}
	}
}

// connect opens a connection that ends with the test.
func connect(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

// A client that begins a request and stalls is cut off.
func TestAStallingClientIsCut(t *testing.T) {
	limits := patient
	limits.Header = 30 * time.Millisecond
	_, _, address := serve(t, limits)
	for _, begun := range []string{"G", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-", ""} {
		c := connect(t, address)
		if _, err := io.WriteString(c, begun); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(c); errors.Is(err, os.ErrDeadlineExceeded) || strings.Contains(string(rest), "200 OK") {
			t.Errorf("after %q: %q, %v", begun, rest, err)
		}
	}
}

func TestALongHeaderIsRefused(t *testing.T) {
	_, _, address := serve(t, patient)
	c := connect(t, address)
	go func() {
		_, _ = io.WriteString(c, "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: "+strings.Repeat("x", 64<<10)+"\r\n\r\n")
	}()
	line, err := bufio.NewReader(c).ReadString('\n')
	if err == nil && !strings.Contains(line, "431") {
		t.Errorf("answered %q", line)
	}
}

// Those beyond the cap wait until another has gone.
func TestConnectionsAreCapped(t *testing.T) {
	limits := patient
	limits.Connections = 1
	_, _, address := serve(t, limits)
	const request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
	first, second := connect(t, address), connect(t, address)
	if _, err := io.WriteString(first, request); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(first).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatalf("first: %q, %v", line, err)
	}
	if _, err := io.WriteString(second, request); err != nil {
		t.Fatal(err)
	}
	if err := second.SetReadDeadline(time.Now().Add(30 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the second was answered beside the first: %v", err)
	}
	if err := errors.Join(first.Close(), second.SetReadDeadline(time.Now().Add(20*time.Second))); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(second).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("second: %q, %v", line, err)
	}
}

func TestOnlyThisMachinesAddresses(t *testing.T) {
	if s, err := Listen("0.0.0.0:0", NewBoard("", 0, time.Now), patient, slog.New(slog.DiscardHandler)); err == nil {
		t.Errorf("listens on %s", s.Addr())
	}
}

func TestAnAddressInUseIsToldAtOnce(t *testing.T) {
	b, _, address := serve(t, patient)
	if _, err := Listen(address, b, patient, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("listens twice")
	}
}
