using System.Diagnostics;
using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace BlazorAgents.Web.Tests.Kills;

/// <summary>An order whose process is killed at every step: afterwards it is placed exactly once, or the journal says that nobody knows.</summary>
/// <remarks>BLAZORAGENTS_KILLS sets how many kills there are in all; without it each step is killed once, and people go on now by Continue, now by another message.</remarks>
public sealed class KillTests(OrderTemplate template, ITestOutputHelper output) : IClassFixture<OrderTemplate>
{
    private const int Killed = 128 + 9;
    private static readonly SemaphoreSlim s_slots = new(2, 2);

    public static TheoryData<string> Steps => [.. KillStep.All.Select(step => $"{step}")];

    [Theory]
    [MemberData(nameof(Steps))]
    [Trait("Id", "REL-23")]
    [Trait("Id", "REL-15")]
    [Trait("Id", "REL-16")]
    public async Task Rel23_ProcessKilledAtAStepOfAnOrder_PlacesItExactlyOnceOrSaysUnknown(string step)
    {
        var ends = await Task.WhenAll(Enumerable.Range(IndexOf(step), KillsPerStep).Select(number => KillAsync(step, continues: number % 2 == 0)));
        output.WriteLine($"{step}: {ends.Length} kills, exactly once {ends.Count(e => e == ApprovalState.Executed)}, Unknown {ends.Count(e => e == ApprovalState.Unknown)}");
    }

    private static int KillsPerStep =>
        int.TryParse(Environment.GetEnvironmentVariable("BLAZORAGENTS_KILLS"), CultureInfo.InvariantCulture, out var all)
            ? (int)Math.Ceiling(all / (double)KillStep.All.Count)
            : 1;

    private static int IndexOf(string step) => KillStep.All.ToList().FindIndex(s => $"{s}" == step);

    private async Task<ApprovalState> KillAsync(string step, bool continues)
    {
        await s_slots.WaitAsync();
        var folder = Directory.CreateTempSubdirectory("kill-tests-");
        try
        {
            template.CopyTo(folder.FullName);
            Assert.Equal(Killed, await RunProgramAsync(folder.FullName, step));
            return await GoOnAsync(folder.FullName, continues);
        }
        finally
        {
            folder.Delete(recursive: true);
            s_slots.Release();
        }
    }

    private static async Task<int> RunProgramAsync(string folder, string step)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(KillProgram).Assembly.Location, folder, step])
        {
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" }, // it leaves a socket and pipes behind when it is killed
        })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }

    /// <summary>Starts again after the kill, goes on as a person would, and checks what is there.</summary>
    private static async Task<ApprovalState> GoOnAsync(string folder, bool continues)
    {
        await using var desk = await OrderDesk.StartAsync(folder);
        if (!await desk.Database.ReadAsync(c => c.Conversations.AnyAsync(conversation => conversation.Id == KillProgram.Conversation)))
        {
            await desk.SendAsync("Order two laptops for CUST001", KillProgram.Conversation); // it never arrived, and was never acknowledged
        }

        var view = await desk.PlayAsync(KillProgram.Conversation);
        Assert.True(view.State.Status is RunStatus.Completed or RunStatus.Interrupted, $"{view.State.Status}");
        if (view.State.Status is RunStatus.Interrupted)
        {
            await (continues
                ? desk.Runs.ContinueAsync(OrderDesk.Buyer, view.Id)
                : desk.SendAsync("Did you order them? If not, do.", KillProgram.Conversation));
            view = await desk.PlayAsync(KillProgram.Conversation);
        }

        Assert.Equal(RunStatus.Completed, view.State.Status);
        var end = await CheckAsync(desk);
        var said = string.Concat(view.Items.Where(item => item.Kind is RunItemKind.Text).Select(item => item.Text));
        Assert.EndsWith(end is ApprovalState.Unknown ? OrderModel.Unknown : OrderModel.Ordered, said, StringComparison.Ordinal);
        await desk.SendAsync(OrderModel.Thanks, KillProgram.Conversation);
        Assert.Equal(RunStatus.Completed, (await desk.PlayAsync(KillProgram.Conversation)).State.Status);
        Assert.Equal(end, await CheckAsync(desk));
        return end;
    }

    private static async Task<ApprovalState> CheckAsync(OrderDesk desk)
    {
        await desk.SweepAsync();
        var (stock, orders, calls, approvals) = await desk.Database.ReadAsync(async c => (
            await c.Products.Where(p => p.Id == "p001").Select(p => p.Stock).SingleAsync(),
            await c.Orders.CountAsync(),
            await c.ToolExecutions.Where(e => e.State != ToolExecutionState.Refused).ToListAsync(),
            await c.Approvals.ToListAsync()));
        Assert.InRange(orders, 0, 1);
        Assert.Equal(OrderDesk.Stock - (orders * OrderDesk.Quantity), stock);
        var call = Assert.Single(calls); // nothing ran again by itself
        var approval = Assert.Single(approvals, a => a.Id == call.ApprovalId);
        Assert.Equal(
            (orders, call.State) is (1, ToolExecutionState.Succeeded) ? ApprovalState.Executed : ApprovalState.Unknown,
            approval.State);
        Assert.Equal(approval.State is ApprovalState.Unknown, call.State is ToolExecutionState.Unknown);
        Assert.All(approvals, a => Assert.True(a == approval || a.State is ApprovalState.Cancelled or ApprovalState.Superseded, $"{a.State}"));
        Assert.Null((await desk.VerifyAuditAsync()).BrokenId);
        return approval.State;
    }
}
