using System.Text.RegularExpressions;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Layout;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Layout;

public sealed class FrameTests : BunitContext
{
    public FrameTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualTimeProvider()).AddShell();
        Services.AddScoped<AntiforgeryStateProvider, FixedAntiforgery>();
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("system")]
    public void ThemeSwitch_ShowsTheBrowsersChoice(string theme)
    {
        JSInterop.Setup<string>("appTheme.get").SetResult(theme);

        var choices = Render<ThemeSwitch>().FindAll("[role=menuitemradio]");

        Assert.Equal(["Light theme", "Dark theme", "Theme of the system"], choices.Select(choice => choice.GetAttribute("aria-label")));
        Assert.StartsWith(theme, Assert.Single(choices, choice => choice.GetAttribute("aria-checked") == "true").GetAttribute("aria-label")!
            .Replace("Theme of the ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ThemeSwitch_Chosen_TellsTheBrowser()
    {
        JSInterop.Setup<string>("appTheme.get").SetResult("system");
        JSInterop.SetupVoid("appTheme.set", "dark").SetVoidResult();
        var cut = Render<ThemeSwitch>();

        await cut.Find("[aria-label='Dark theme']").ClickAsync();

        JSInterop.VerifyInvoke("appTheme.set");
        Assert.Equal("true", cut.Find("[aria-label='Dark theme']").GetAttribute("aria-checked"));
    }

    [Fact]
    public void AccountMenu_SignsOutByAPostThatCannotBeForged()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var form = Render<AccountMenu>(parameters => parameters.Add(menu => menu.UserName, "élodie")).Find("form");

        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal("/account/logout", form.GetAttribute("action"));
        Assert.Equal("token", form.QuerySelector("input[type=hidden]")!.GetAttribute("value"));
    }

    [Fact]
    public void AccountMenu_ShowsTheNamesFirstLetter()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;

        Assert.Equal("É", Render<AccountMenu>(parameters => parameters.Add(menu => menu.UserName, "élodie")).Find(".avatar").GetAttribute("data-initial"));
        Assert.Equal("?", Render<AccountMenu>(parameters => parameters.Add(menu => menu.UserName, "")).Find(".avatar").GetAttribute("data-initial"));
    }

    [Fact]
    public async Task OfflineBanner_Offline_SaysSoAndNamesTheVariables()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(new AppInfo(IsOffline: true, "Demo", "demo"));
        var cut = Render<OfflineBanner>();
        Assert.Contains("answers come from rules", cut.Find("[data-testid=offline-banner]").TextContent, StringComparison.Ordinal);

        await cut.Find("[data-testid=offline-banner] button").ClickAsync();

        Assert.Contains(cut.FindAll("dialog code"), code => code.TextContent == "OPENAI_API_KEY");
    }

    [Fact]
    public void OfflineBanner_Connected_IsAbsent()
    {
        Services.AddSingleton(new AppInfo(IsOffline: false, "OpenAI", "some-model"));

        Assert.Empty(Render<OfflineBanner>().Nodes.OfType<AngleSharp.Dom.IElement>());
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public void Markup_OfTheFrame_HasNoInlineStyleOrScript()
    {
        var web = Repository.PathOf("src/BlazorAgents.Web");
        var files = Directory.EnumerateFiles(web, "*.razor", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(new Regex("""\sstyle="|<style|<script>|\son[a-z]+=" """.TrimEnd()), File.ReadAllText(file)));
    }

    private sealed class FixedAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }
}
