// Package withecho is the recipe for github.com/labstack/echo.
package withecho

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/examples/frameworks/orders"
	"github.com/errlingo/errlingo/problem"
)

// New returns the service. All that fails is answered by the responder.
func New(respond *problem.Responder) http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = func(c *echo.Context, err error) {
		respond.WriteStatus(c.Response(), c.Request(), echo.StatusCode(err), err)
	}
	e.JSONSerializer = serializer{}
	e.Validator = orders.Validator{}
	e.GET("/language", language)
	e.POST("/orders", order)
	return respond.Middleware(http.MaxBytesHandler(e, 64<<10))
}

// serializer is echo's own, with errors that have a code.
type serializer struct{ echo.DefaultJSONSerializer }

func (serializer) Deserialize(c *echo.Context, target any) error {
	return problem.DecodeJSON(c.Request().Body, target)
}

func order(c *echo.Context) error {
	var o orders.Order
	if err := c.Bind(&o); err != nil {
		return err
	}
	if err := c.Validate(&o); err != nil {
		return err
	}
	if err := orders.Place(c.Request().Context(), o); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

func language(c *echo.Context) error {
	return c.String(http.StatusOK, errlingo.FromContext(c.Request().Context()).Locale().String())
}
