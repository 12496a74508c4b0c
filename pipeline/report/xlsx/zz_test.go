package xlsx
import ("testing";"os")
func TestZZ(t *testing.T){ os.WriteFile("/tmp/bk_a.xlsx",draw(t,sample(t)),0o644); os.WriteFile("/tmp/bk_b.xlsx",draw(t,sample(t)),0o644)}
