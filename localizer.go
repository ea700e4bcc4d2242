package errlingo

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/negotiate"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Localizer renders errors for one reader. It keeps the texts that the bundle had when it was made.
// It is immutable and may be shared between goroutines. The zero Localizer, and a nil one, shows
// errors as they were declared.
type Localizer struct {
	snap   *snapshot
	chains []domainChain
	events bool // somebody asks for them by [Options.OnEvent]
	reader language.Tag
	zone   *time.Location
}

// domainChain has the locales in which a reader is shown the texts of a domain.
type domainChain struct {
	domain *catalog.Domain
	links  []link
}

// link is a locale of a reader's chain.
type link struct {
	*localeTexts
	locale  pattern.Locale // the locale's, with values in the reader's notation
	context format.Context
}

// Localizer returns the localizer for a reader with the given preferences, in order of priority:
// the choice in the URL, in a profile or a cookie, and last what the browser asks for. Each
// preference is a language tag (BCP 47) or a whole Accept-Language value (RFC 9110, section
// 12.5.4; join several lines with commas). Empty preferences are ignored.
//
// Only the first 1024 bytes and 16 ranges of a value are used; ranges over 35 bytes and invalid
// ones are ignored. If nothing matches, the default locale is used.
//
// Values in a text are formatted for the reader's own region, such as 1'234 for de-CH. The
// extensions -u-nu- (digits), -u-hc- (12 or 24 hours) and -u-ca- (the calendar: gregory, persian,
// buddhist, roc or japanese) are honored.
//
// Results are cached, so calling this for every request is cheap.
func (b *Bundle) Localizer(prefs ...string) *Localizer {
	snap := b.texts()
	slot := snap.cache.slot(prefs)
	if slot != nil {
		if hit := slot.Load(); hit.is(prefs) {
			return hit.localizer
		}
	}
	return snap.match(prefs, slot)
}

// LocalizerFor returns the localizer for a reader of the given languages, in order of preference.
// The result is not cached: keep it if you render many texts.
func (b *Bundle) LocalizerFor(tags ...language.Tag) *Localizer {
	snap := b.texts()
	return snap.localizer(snap.matcher.MatchTags(tags...))
}

// LocalizerFromEnv returns the localizer for the user of a terminal, whose language is in the
// variables LC_ALL, LC_MESSAGES and LANG (POSIX.1, section 8.2). Pass os.Getenv.
func (b *Bundle) LocalizerFromEnv(getenv func(string) string) *Localizer {
	return b.Localizer(negotiate.FromEnv(getenv)...)
}

// match returns the localizer for preferences that are not in the cache, and puts it into the slot
// unless that is nil.
func (s *snapshot) match(prefs []string, slot *atomic.Pointer[cached]) *Localizer {
	l := s.localizer(s.matcher.Match(prefs...))
	if slot != nil {
		kept := make([]string, len(prefs))
		for i, p := range prefs {
			kept[i] = strings.Clone(p)
		}
		slot.Store(&cached{kept, l})
	}
	return l
}

// localizer returns a reader's localizer. Readers with the same result share one, since their
// headers differ more than what they lead to.
func (s *snapshot) localizer(r negotiate.Result) *Localizer {
	slot := s.outcomes.slot(&r)
	if hit := slot.Load(); hit.is(&r) {
		return hit.localizer
	}
	l := s.newLocalizer(r)
	slot.Store(&outcome{r, l})
	return l
}

// newLocalizer makes a localizer from what the first domain's matcher returned, since that domain
// decides the locale. The others are asked for it first, then for the rest of its chain.
func (s *snapshot) newLocalizer(r negotiate.Result) *Localizer {
	l := &Localizer{
		snap: s, chains: make([]domainChain, len(s.domains)), events: s.bundle.options.OnEvent != nil,
		reader: r.Reader,
	}
	var lead []language.Tag
	for i, d := range s.domains {
		if i == 0 {
			for _, locale := range r.Chain {
				lead = append(lead, d.locales[locale].tag)
			}
		} else {
			r = d.matcher.MatchTags(lead...)
		}
		l.chains[i] = domainChain{d.domain, l.links(d, r.Chain)}
	}
	return l
}

// links returns the locales of a chain and, last, the source locale, which has every text.
func (l *Localizer) links(d *domainTexts, chain []int) []link {
	if source := d.source(); !slices.Contains(chain, source) {
		chain = append(slices.Clip(chain), source)
	}
	links := make([]link, len(chain))
	for i, locale := range chain {
		t := d.locales[locale]
		links[i] = link{localeTexts: t, locale: t.locale}
		if tag := notation(t.tag, l.reader); tag != t.tag {
			links[i].locale.Values = l.snap.notations.of(tag)
		}
	}
	l.bind(links)
	return links
}

// bind makes values use the reader's zone, and labels in a text use the text's locale if it has
// them.
func (l *Localizer) bind(links []link) {
	for i := range links {
		t := &links[i]
		t.context = format.Context{
			Zone: l.zone,
			Label: func(dst []byte, ref any) ([]byte, bool) {
				return l.appendLabel(dst, t, ref)
			},
		}
	}
}

// notation returns the locale whose conventions format the values in a text: the reader's own if
// it has the text's language and script, such as de-CH for a German text, else the text's, with
// the reader's preference for digits, hours and calendar (Unicode TR35, section 3.6.1).
func notation(text, reader language.Tag) language.Tag {
	if locale.Of(text).SameText(locale.Of(reader)) {
		return reader
	}
	for _, key := range []string{"nu", "hc", "ca"} {
		if value := reader.TypeForKey(key); value != "" {
			if tag, err := text.SetTypeForKey(key, value); err == nil {
				text = tag
			}
		}
	}
	return text
}

func sameLanguage(a, b language.Tag) bool {
	return locale.Of(a).Language == locale.Of(b).Language
}

// WithZone returns a localizer that shows instants in the zone. Without it, each is shown in its
// own zone, which the text names. Dates and times of day are the same in every zone.
func (l *Localizer) WithZone(zone *time.Location) *Localizer {
	if l == nil {
		return &Localizer{zone: zone}
	}
	moved := *l
	moved.zone = zone
	moved.chains = slices.Clone(l.chains)
	for i := range moved.chains {
		c := &moved.chains[i]
		c.links = slices.Clone(c.links)
		moved.bind(c.links)
	}
	return &moved
}

// Locale returns the reader's locale: the one to declare on the page around an error.
func (l *Localizer) Locale() language.Tag {
	if l != nil && len(l.chains) > 0 {
		return l.chains[0].links[0].tag
	}
	return language.English
}

// Reader returns the language that the reader asked for and that led to the locale, with region and
// extensions: de-CH for the locale de, or the default locale if nothing that was asked for is
// available. A program that calls another one for the reader asks for this language, so that
// numbers and dates are written in one notation. Its language can differ from that of the locale if
// [Options.AlsoReads] says so.
func (l *Localizer) Reader() language.Tag {
	if l != nil && len(l.chains) > 0 {
		return l.reader
	}
	return language.English
}

// Dir returns the direction of the reader's locale, "ltr" or "rtl", for HTML's dir attribute.
func (l *Localizer) Dir() string { return direction(locale.RightToLeft(l.Locale())) }

func direction(rtl bool) string {
	if rtl {
		return "rtl"
	}
	return "ltr"
}

// chain returns the reader's locales for a domain, none if the domain was not loaded.
func (l *Localizer) chain(d *catalog.Domain) []link {
	if l == nil {
		return nil
	}
	for i := range l.chains {
		if l.chains[i].domain == d {
			return l.chains[i].links
		}
	}
	return nil
}

type contextKey struct{}

// NewContext returns a context that carries the localizer.
func NewContext(ctx context.Context, l *Localizer) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// FromContext returns the localizer that the context carries. If there is none, it returns one that
// shows errors as they were declared, so the result is always usable.
func FromContext(ctx context.Context) *Localizer {
	if l, ok := ctx.Value(contextKey{}).(*Localizer); ok && l != nil {
		return l
	}
	return &Localizer{}
}
