using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Components;

/// <summary>
/// The sprite's icons. Always decoration: the name of a control stands in its text or label. Markup and not a component: a page shows
/// dozens, and a component costs its circuit some kilobytes for as long as the page is open.
/// </summary>
public static class Icons
{
    private static readonly ConcurrentDictionary<(string Href, string? Class), RenderFragment> s_known = new();

    /// <summary>The icon of a name of the sprite, with an additional class if any.</summary>
    public static RenderFragment Of(ResourceAssetCollection assets, string name, string? cssClass = null)
    {
        ArgumentNullException.ThrowIfNull(assets);
        return s_known.GetOrAdd(($"{assets["icons/sprite.svg"]}#{name}", cssClass), static icon => builder =>
        {
            builder.OpenElement(0, "svg");
            builder.AddAttribute(1, "class", icon.Class is null ? "icon" : $"icon {icon.Class}");
            builder.AddAttribute(2, "aria-hidden", "true");
            builder.AddAttribute(3, "focusable", "false");
            builder.OpenElement(4, "use");
            builder.AddAttribute(5, "href", icon.Href);
            builder.CloseElement();
            builder.CloseElement();
        });
    }
}
