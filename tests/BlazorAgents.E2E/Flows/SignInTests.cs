using System.Net;
using System.Text.RegularExpressions;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(OfflineTests.Name)]
public sealed partial class SignInTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task A_visitor_signs_in_and_lands_where_they_wanted_to_go()
    {
        var person = await fixture.AddPersonAsync();
        var visit = await VisitAsync(fixture.App, null);
        var tab = await visit.OpenAsync("/?from=a-link");
        await Expect(tab.Page).ToHaveURLAsync(SignInPage());
        await Expect(tab.Page.GetByLabel("Email")).ToBeFocusedAsync();

        await tab.SignInAsync(person);

        await Expect(tab.Page).ToHaveURLAsync(new Regex(@"\?from=a-link$"));
    }

    [Fact]
    public async Task Who_signs_out_is_out()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        var tab = await visit.OpenChatAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = AccountMenu() }).ClickAsync();
        await tab.Page.GetByTestId("sign-out").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(SignInPage());

        await tab.Page.GotoAsync("/");

        await Expect(tab.Page).ToHaveURLAsync(SignInPage());
    }

    [Fact]
    public async Task A_person_that_the_administrator_added_can_sign_in_without_a_script()
    {
        using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, await fixture.AddPersonAsync());

        using var page = await session.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [GeneratedRegex("/account/login")]
    private static partial Regex SignInPage();

    [GeneratedRegex("^Account of")]
    private static partial Regex AccountMenu();
}
