// Package withgin is the recipe for github.com/gin-gonic/gin.
package withgin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/examples/frameworks/orders"
	"github.com/errlingo/errlingo/problem"
)

// New returns the service. All that fails is answered by the responder.
func New(respond *problem.Responder) http.Handler {
	g := gin.New() // gin.Default has a recovery of its own, which answers panics with an empty page
	g.HandleMethodNotAllowed = true
	g.NoRoute(gin.WrapH(respond.NotFound()), sent)
	g.NoMethod(gin.WrapH(respond.MethodNotAllowed()), sent)
	g.Use(func(c *gin.Context) {
		c.Next()
		if last := c.Errors.Last(); last != nil {
			respond.Write(c.Writer, c.Request, last.Err)
		}
	})
	g.GET("/language", language)
	g.POST("/orders", order)
	return respond.Middleware(http.MaxBytesHandler(g, 64<<10))
}

// sent sends the header of an answer to HEAD, or gin would answer in its own words.
func sent(c *gin.Context) { c.Writer.WriteHeaderNow() }

// body is gin's binding.JSON, with errors that have a code.
type body struct{}

func (body) Name() string { return "json" }

func (body) Bind(r *http.Request, target any) error {
	if err := problem.DecodeJSON(r.Body, target); err != nil {
		return err
	}
	return orders.Validator{}.Validate(target)
}

func order(c *gin.Context) {
	var o orders.Order
	if err := c.ShouldBindWith(&o, body{}); err != nil {
		_ = c.Error(err)
		return
	}
	if err := orders.Place(c.Request.Context(), o); err != nil {
		_ = c.Error(err)
		return
	}
	c.Status(http.StatusNoContent)
}

func language(c *gin.Context) {
	c.String(http.StatusOK, errlingo.FromContext(c.Request.Context()).Locale().String())
}
