using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Tests.Kills;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Tests.Shop;

/// <summary>Many orders at once through engine, gate and approvals.</summary>
public sealed class ShopGateTests(OrderTemplate template) : IClassFixture<OrderTemplate>
{
    [Fact]
    public async Task Orders_FiftyApprovedInParallel_NeverSellMoreThanThereIs()
    {
        const int buyers = 50;
        var folder = Directory.CreateTempSubdirectory("shop-gate-tests-");
        template.CopyTo(folder.FullName);
        await using (var desk = await OrderDesk.StartAsync(folder.FullName))
        {
            var views = await Task.WhenAll(Enumerable.Range(0, buyers).Select(async _ =>
            {
                var conversation = Guid.CreateVersion7();
                await desk.SendAsync("Order two laptops for CUST001", conversation);
                return await desk.PlayAsync(conversation);
            }));

            Assert.All(views, view => Assert.Equal(RunStatus.Completed, view.State.Status));
            var (stock, orders, approvals) = await desk.Database.ReadAsync(async c => (
                await c.Products.Where(p => p.Id == "p001").Select(p => p.Stock).SingleAsync(),
                await c.Orders.CountAsync(),
                await c.Approvals.GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync()));
            Assert.Equal((OrderDesk.Stock % OrderDesk.Quantity, OrderDesk.Stock / OrderDesk.Quantity), (stock, orders));
            Assert.Equal(orders, views.Count(view => view.Items.Any(item => item.Text == OrderModel.Ordered)));
            Assert.Equal((ApprovalState.Executed, buyers), (Assert.Single(approvals).Key, approvals[0].Count));
            Assert.Null((await desk.VerifyAuditAsync()).BrokenId);
        }

        folder.Delete(recursive: true);
    }
}
