import type { ReactNode } from 'react';
import { isServed } from '../state/shift.ts';
import { useStaff } from '../state/staff.ts';
import { customerPays, tillOrder, useKiosk } from '../state/store.ts';
import { KeypadScreen } from './screens/keypad-screen.tsx';
import { OrderScreen } from './screens/order-screen.tsx';
import { SendingScreen } from './screens/sending-screen.tsx';
import { lazy } from '../components/lazy.tsx';
import './till.css';

/** Before anybody serves here, the two ways to pay, and a payment that could not begin: the till is there without them. */
const ShiftScreen = lazy(async () => (await import('./staff/shift-screen.tsx')).ShiftScreen);
const CameraScreen = lazy(async () => (await import('./screens/camera-screen.tsx')).CameraScreen);
const CodeScreen = lazy(async () => (await import('./screens/code-screen.tsx')).CodeScreen);
const StoppedScreen = lazy(async () => (await import('./screens/stopped-screen.tsx')).StoppedScreen);

/** The one place where a payment or an order is dealt with. An order that was tapped is shown before the stage. */
export function Till(): ReactNode {
  const stage = useKiosk((state) => state.stage);
  const order = useKiosk(tillOrder);
  const cameraOn = useKiosk(customerPays);
  const served = useStaff(isServed);
  if (order !== null) return <OrderScreen key={order.view.orderId} order={order} cameraOn={cameraOn} />;
  switch (stage.name) {
    case 'none':
      return served ? <KeypadScreen /> : <ShiftScreen />;
    case 'preparing':
    case 'look':
      return <CameraScreen stage={stage} />;
    case 'code':
      return <CodeScreen amountFen={stage.amountFen} />;
    case 'order':
      return <SendingScreen amountFen={stage.amountFen} />;
    case 'stopped':
      return <StoppedScreen stage={stage} />;
  }
}
