package errlingo

import "context"

type contextKey struct{}

// NewContext returns a context that carries the localizer.
func NewContext(ctx context.Context, l *Localizer) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// FromContext returns the localizer that the context carries. Without one it returns a localizer that speaks the
// languages in which the domains were declared, so the result can always be used.
func FromContext(ctx context.Context) *Localizer {
	if l, ok := ctx.Value(contextKey{}).(*Localizer); ok && l != nil {
		return l
	}
	return &Localizer{}
}
