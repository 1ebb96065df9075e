using BlazorAgents.Web.Components;
using BlazorAgents.Web.Features.Conversations;
using BlazorAgents.Web.Rendering;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Conversations;

public sealed class ConversationListTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private ConversationListHost _host = null!;

    public async Task InitializeAsync() => _host = await ConversationListHost.StartAsync(new BunitContext());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_WithConversations_ShowsThemByDay()
    {
        await _host.AddAsync("Kept", daysAgo: 20, pinned: true);
        await _host.AddAsync("New");
        await _host.AddAsync("Old", daysAgo: 1);

        var list = Show();

        list.WaitForAssertion(() => Assert.Equal(["Pinned", "Today", "Yesterday"], Texts(list, "h2")), s_patience);
        Assert.Equal(["Kept", "New", "Old"], Texts(list, "[data-testid=conversation-link]"));
    }

    [Fact]
    public void List_WithoutConversations_SaysWhatWillBeThere()
    {
        var list = Show();

        list.WaitForAssertion(() => Assert.Equal("Your chats will be listed here.", list.Find("p.list-note").TextContent), s_patience);
    }

    [Fact]
    public async Task List_AtAConversation_MarksItAsCurrent()
    {
        var id = await _host.AddAsync("Open");
        await _host.AddAsync("Other");
        Navigation.NavigateTo(ConversationAddress.Of(id));

        var list = Show();

        list.WaitForAssertion(() => Assert.Equal("Open", list.Find("[aria-current=page]").TextContent.Trim()), s_patience);
        await list.InvokeAsync(() => Navigation.NavigateTo("/"));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[aria-current]")), s_patience);
    }

    [Fact]
    public async Task List_ChangedElsewhere_FollowsOnceForABurst()
    {
        var id = await _host.AddAsync("Before");
        var list = Show();
        WaitForTitles(list, "Before");

        await _host.Conversations.RenameAsync(ConversationListHost.UserId, id, "Between");
        await _host.Conversations.RenameAsync(ConversationListHost.UserId, id, "After");
        _host.Time.Advance(ConversationList.LeastInterval);

        WaitForTitles(list, "After");
    }

    [Fact]
    public async Task List_WithoutABrowser_RestsUntilItIsBack()
    {
        var id = await _host.AddAsync("Before");
        var connection = _host.Context.Services.GetRequiredService<CircuitConnection>();
        var list = Show();
        WaitForTitles(list, "Before");

        await connection.OnConnectionDownAsync(null!, CancellationToken.None);
        await _host.Conversations.RenameAsync(ConversationListHost.UserId, id, "After");
        _host.Time.Advance(ConversationList.LeastInterval);
        WaitForTitles(list, "Before");

        await connection.OnConnectionUpAsync(null!, CancellationToken.None);
        _host.Time.Advance(ConversationList.LeastInterval);
        WaitForTitles(list, "After");
    }

    [Fact]
    public async Task Search_Typed_FiltersAfterAPause()
    {
        await _host.AddAsync("Weather in Lisbon");
        await _host.AddAsync("Book returns", daysAgo: 1);
        var list = Show();
        WaitForTitles(list, "Weather in Lisbon", "Book returns");

        await list.Find("[data-testid=search-box]").InputAsync(new ChangeEventArgs { Value = "lis" });
        Assert.Equal(2, list.FindAll("[data-testid=conversation-link]").Count);
        _host.Time.Advance(TimeSpan.FromMilliseconds(200));

        WaitForTitles(list, "Weather in Lisbon");
        Assert.Equal("1 chat found", list.Find("p[role=status]").TextContent);
    }

    [Fact]
    public async Task Search_Entered_OpensTheFirstWithoutWaiting()
    {
        await _host.AddAsync("Newer");
        var id = await _host.AddAsync("Book returns", daysAgo: 1);
        var list = Show();
        WaitForTitles(list, "Newer", "Book returns");

        await list.Find("[data-testid=search-box]").InputAsync(new ChangeEventArgs { Value = "book" });
        await list.Find("form").SubmitAsync();

        list.WaitForAssertion(() => Assert.EndsWith(ConversationAddress.Of(id), Navigation.Uri, StringComparison.Ordinal), s_patience);
    }

    [Fact]
    public async Task Delete_OfTheOpenOne_GoesHomeAndCanBeUndone()
    {
        var id = await _host.AddAsync("Doomed");
        Navigation.NavigateTo(ConversationAddress.Of(id));
        var list = Show();
        WaitForTitles(list, "Doomed");

        await Choose(list, "Delete");
        list.WaitForState(() => list.FindAll(".undo-bar").Count == 1, s_patience);
        WaitForTitles(list);
        Assert.Equal(Navigation.BaseUri, Navigation.Uri);

        await list.Find(".undo-bar button").ClickAsync();
        WaitForTitles(list, "Doomed");
        Assert.Empty(list.FindAll(".undo-bar"));
    }

    [Fact]
    public async Task Delete_NotUndone_ForgetsAfterEightSeconds()
    {
        await _host.AddAsync("Doomed");
        var list = Show();
        WaitForTitles(list, "Doomed");
        await Choose(list, "Delete");
        list.WaitForState(() => list.FindAll(".undo-bar").Count == 1, s_patience);

        _host.Time.Advance(TimeSpan.FromSeconds(7.9));
        Assert.Single(list.FindAll(".undo-bar"));
        _host.Time.Advance(TimeSpan.FromSeconds(0.2));

        list.WaitForState(() => list.FindAll(".undo-bar").Count == 0, s_patience);
        WaitForTitles(list);
    }

    [Fact]
    public async Task Pin_Chosen_MovesItToTheTopAndOffersUnpin()
    {
        await _host.AddAsync("Newer");
        await _host.AddAsync("Older", daysAgo: 3);
        var list = Show();
        WaitForTitles(list, "Newer", "Older");

        await Choose(list, "Pin", row: 1);

        WaitForTitles(list, "Older", "Newer");
        await list.FindAll(".conversation-menu")[0].ClickAsync();
        Assert.Contains("Unpin", list.FindAll("[role=menuitem]")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Action_OnWhatIsGone_SaysSoAndKeepsTheCircuit()
    {
        var id = await _host.AddAsync("Gone");
        var list = Show();
        WaitForTitles(list, "Gone");
        await _host.Conversations.DeleteAsync(ConversationListHost.UserId, id);

        await Choose(list, "Pin");

        var toasts = _host.Context.Services.GetRequiredService<ToastService>();
        list.WaitForAssertion(() => Assert.True(Assert.Single(toasts.Toasts).IsError), s_patience);
        WaitForTitles(list);
    }

    [Fact]
    public async Task Rename_ToATitleThatIsRefused_StaysOpenAndSaysWhy()
    {
        await _host.AddAsync("Named");
        var list = Show();
        WaitForTitles(list, "Named");

        await Choose(list, "Rename");
        await list.Find("dialog input").ChangeAsync(new ChangeEventArgs { Value = new string('x', 121) });
        await list.Find("dialog form").SubmitAsync();

        list.WaitForAssertion(() => Assert.Contains("120", list.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal), s_patience);
    }

    [Fact]
    public async Task List_LongerThanAPage_ShowsMoreOnRequest()
    {
        for (var i = 0; i < 16; i++)
        {
            await _host.AddAsync($"Chat {i}", daysAgo: i);
        }

        var list = Show();
        list.WaitForAssertion(() => Assert.Equal(15, list.FindAll("[data-testid=conversation-link]").Count), s_patience);
        await list.Find(".show-more").ClickAsync();

        list.WaitForAssertion(() => Assert.Equal(16, list.FindAll("[data-testid=conversation-link]").Count), s_patience);
        Assert.Empty(list.FindAll(".show-more"));
    }

    private BunitNavigationManager Navigation => _host.Context.Services.GetRequiredService<BunitNavigationManager>();

    private IRenderedComponent<ConversationList> Show() =>
        _host.Context.Render<ConversationList>(parameters => parameters.Add(list => list.UserId, ConversationListHost.UserId));

    private static async Task Choose(IRenderedComponent<ConversationList> list, string item, int row = 0)
    {
        await list.FindAll(".conversation-menu")[row].ClickAsync();
        await list.FindAll("[role=menuitem]").Single(choice => choice.TextContent.Trim() == item).ClickAsync();
    }

    private static void WaitForTitles(IRenderedComponent<ConversationList> list, params string[] titles) => list.WaitForAssertion(
        () =>
        {
            Assert.Empty(list.FindAll(".list-skeleton"));
            Assert.Equal(titles, Texts(list, "[data-testid=conversation-link]"));
        },
        s_patience);

    private static IEnumerable<string> Texts(IRenderedComponent<ConversationList> list, string selector) =>
        list.FindAll(selector).Select(element => element.TextContent.Trim());
}
