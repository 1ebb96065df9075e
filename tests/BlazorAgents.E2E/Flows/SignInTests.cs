using System.Net;
using BlazorAgents.E2E.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

public sealed class SignInTests(OfflineApp fixture) : BrowserTest, IClassFixture<OfflineApp>
{
    [Fact]
    public async Task A_visitor_who_is_not_signed_in_lands_on_the_sign_in_page()
    {
        var visit = await VisitAsync(fixture.App, null);
        var tab = await visit.OpenAsync();

        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
        await Expect(tab.Page.GetByLabel("Email")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_person_that_the_administrator_added_can_sign_in()
    {
        var person = await fixture.AddPersonAsync();
        using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, person);

        using var page = await session.GetAsync("/account/password");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
