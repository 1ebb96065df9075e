using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>Draws a component to text, and calls the test whenever markup asks for an icon: in the middle of the drawing.</summary>
internal sealed class SteppedRenderer(IServiceProvider services, Action step) : StaticHtmlRenderer(services, NullLoggerFactory.Instance)
{
    protected override ResourceAssetCollection Assets
    {
        get
        {
            step();
            return ResourceAssetCollection.Empty;
        }
    }

    public Task<string> DrawAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent =>
        Dispatcher.InvokeAsync(() => BeginRenderingComponent(typeof(T), ParameterView.FromDictionary(parameters)).ToHtmlString());
}
