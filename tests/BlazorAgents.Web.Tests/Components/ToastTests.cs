using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Components;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Components;

public sealed class ToastTests : BunitContext
{
    private readonly ManualTimeProvider _time = new();

    public ToastTests() => Services.AddSingleton<TimeProvider>(_time).AddScoped<ToastService>();

    [Fact]
    public void Toast_Shown_IsAnnouncedPolitelyAndGoesAfterSixSeconds()
    {
        var host = Render<ToastHost>();
        Toasts.Show("The export is ready.");
        host.WaitForAssertion(() => Assert.Equal("The export is ready.", host.Find("[role=status] .toast-text").TextContent));

        _time.Advance(TimeSpan.FromSeconds(6));

        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".toast")));
    }

    [Fact]
    public async Task Error_Shown_IsAnnouncedAtOnceAndStaysUntilDismissed()
    {
        var host = Render<ToastHost>();
        Toasts.ShowError("It did not work.");
        _time.Advance(TimeSpan.FromHours(1));
        host.WaitForAssertion(() => Assert.Single(host.FindAll("[role=alert] .toast")));

        await host.Find("[role=alert] button").ClickAsync();

        Assert.Empty(host.FindAll(".toast"));
    }

    [Fact]
    public void Toasts_TooMany_KeepTheNewest()
    {
        for (var i = 0; i < 6; i++)
        {
            Toasts.ShowError($"{i}");
        }

        Assert.Equal(["2", "3", "4", "5"], Toasts.Toasts.Select(toast => toast.Text));
    }

    private ToastService Toasts => Services.GetRequiredService<ToastService>();
}
